import { ConsentFailure } from '../domain/failures';
import { bindingOf, type TokenCustody } from '../fapi/authorization';
import type { Database } from '../store/database';
import { storeRefreshedTokens, tryGrantLock, withGrantLock } from '../store/grants';
import { noteGrantLost, noteRefreshFailure } from '../store/refreshes';
import { coolDownSeconds, coolingOf, coolsDown } from './cool-down';
import type { CustodyDependencies } from './dependencies';
import {
  expirationsOf,
  openAuthorization,
  tokensOf,
  type OpenAuthorization,
  type StoredTokens,
} from './open-authorization';
import { custodyOf, type RefreshCustody } from './refresh-custody';
import { lifeOf, stillWorks } from './token-life';

type Row = OpenAuthorization['row'];

export interface RefreshOccasion {
  /** As it was found by who wants the refresh. */
  readonly row: Row;
  /** The tokens are refused although they have not ended. */
  readonly isInDoubt: boolean;
}

/**
 * Refreshes a grant, or joins whoever does so in this process. What another process is doing is waited for; what it has achieved is
 * found, and what it has failed at is not tried again.
 *
 * @throws {ConsentFailure} as_unreachable when another process does not come to an end; and what the refresh throws
 */
export function refreshGrant(deps: CustodyDependencies, occasion: RefreshOccasion): Promise<void> {
  const { row } = occasion;
  const work = () =>
    tellingLoss(deps, row, () => withGrantLock(deps.database, row.id, (held) => refreshHeld(deps, held, occasion)));
  return deps.refreshes.underWay(row.id) ?? deps.refreshes.begin(row.id, row.profile.id, work);
}

/**
 * The same while the token still works. Nobody waits: not for this, nor this for another process, nor for a turn. When it comes to
 * nothing, the row says when it is tried again.
 */
export function refreshEarly(deps: CustodyDependencies, row: Row): void {
  if (deps.refreshes.underWay(row.id)) return;
  const occasion = { row, isInDoubt: false };
  const work = () =>
    tellingLoss(deps, row, () => tryGrantLock(deps.database, row.id, (held) => refreshHeld(deps, held, occasion)));
  deps.refreshes.begin(row.id, row.profile.id, work, { onlyAtOnce: true }).catch(() => undefined);
}

async function tellingLoss(deps: CustodyDependencies, row: Row, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ConsentFailure && error.code === 'grant_lost' && deps.reportLostGrant) {
      deps.refreshes.follow(deps.reportLostGrant({ consentId: row.consent_id, authorizationId: row.id }));
    }
    throw error;
  }
}

/** With the lock held, and by its connection. */
async function refreshHeld(
  deps: CustodyDependencies,
  held: Database,
  { row: before, isInDoubt }: RefreshOccasion,
): Promise<void> {
  const authorization = await openAuthorization({ ...deps, database: held }, before.id);
  const { row } = authorization;
  // Somebody else was faster: with tokens, with the news that there will be none, or with a failure.
  if (row.refreshed_at?.getTime() !== before.refreshed_at?.getTime()) return;
  const isNews = row.lost_at !== null && before.lost_at === null;
  if (isNews || (row.lost_at !== null && !isInDoubt)) throw new ConsentFailure('grant_lost', 'the bank has said so.');
  const cooling = coolingOf(row);
  if (cooling) throw cooling;
  const custody = await custodyOf(deps, held, authorization);
  const tokens = await tokensOf(authorization);
  if (tokens.refreshToken === undefined) {
    // While its access token works the bank has said nothing.
    if (!stillWorks(lifeOf(row), Date.now())) await custody.note((database) => noteGrantLost(database, row.id));
    throw new ConsentFailure('grant_lost', 'the bank gave no refresh token.');
  }
  try {
    await refresh(authorization, tokens, tokens.refreshToken, custody);
  } catch (error) {
    if (!(error instanceof ConsentFailure)) throw error;
    throw await noted(row, custody, error);
  }
}

async function refresh(
  { row, client, dataKey }: OpenAuthorization,
  before: StoredTokens,
  refreshToken: string,
  custody: RefreshCustody,
): Promise<void> {
  const ask = (kept: TokenCustody) => client.refreshTokens(refreshToken, bindingOf(before), kept);
  const tokens = await ask(custody).catch((error: unknown) => {
    if (!isWorthAsking(error, custody)) throw error;
    return ask({ store: (rawResponse) => custody.store(rawResponse) });
  });
  const stored: StoredTokens = { ...before, ...tokens };
  const tokensSealed = await dataKey.seal('tokens', row.id, stored);
  await custody.write((database) => storeRefreshedTokens(database, row.id, { tokensSealed, ...expirationsOf(tokens) }));
}

/** Once more, at once, with the same refresh token. */
function isWorthAsking(error: unknown, custody: RefreshCustody): boolean {
  if (!(error instanceof ConsentFailure)) return false;
  const { code, retryAfterSeconds } = error;
  // FAPI 2.0 Security Profile §5.3.2.1: whose answer was lost may send the previous one again. Not before the time the bank names.
  if (code === 'refresh_unknown') return retryAfterSeconds === undefined;
  // What an earlier attempt had put away is nonsense and stays so. The bank may have got over it.
  return custody.stored !== undefined && (code === 'as_response_invalid' || code === 'id_token_invalid');
}

/** Written down for all processes. @returns what to throw */
async function noted(row: Row, custody: RefreshCustody, failure: ConsentFailure): Promise<ConsentFailure> {
  if (failure.code === 'grant_lost') {
    await custody.note((database) => noteGrantLost(database, row.id));
    return failure;
  }
  if (!coolsDown(failure)) return failure;
  const seconds = coolDownSeconds(row.refresh_failures ?? 0, failure.retryAfterSeconds);
  const isUnknown = failure.code === 'refresh_unknown';
  const code = isUnknown ? 'as_unreachable' : failure.code;
  const detail = isUnknown ? 'the answer to a refresh was lost.' : failure.detail;
  await custody.note((database) => noteRefreshFailure(database, row.id, code, seconds));
  return new ConsentFailure(code, detail, Math.ceil(seconds));
}
