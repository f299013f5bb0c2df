import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import { bindingOf, type TokenCustody } from '../fapi/authorization';
import { findGrant, keepRefreshResponse, storeRefreshedTokens, withGrantLock } from '../store/grants';
import { isDatabaseAway, type Database } from '../store/database';
import { insistently } from './custody';
import type { ActivityDependencies } from './dependencies';
import {
  expirationsOf,
  openAuthorization,
  tokensOf,
  type OpenAuthorization,
  type StoredTokens,
} from './open-authorization';

/** An access token that ends sooner than this could end on its way to the bank. */
const MARGIN_MS = 30_000;

export interface FreshAuthorization extends OpenAuthorization {
  readonly tokens: StoredTokens;
}

/**
 * A grant with tokens that work now, refreshed where need be. Of any number of processes one refreshes and the others find what it
 * stored. The answer is stored before it is judged, and the refresh token is kept until its successor is stored.
 *
 * @param options.isInDoubt refresh in any case: somebody says that the bank honours the grant no more
 * @throws {ConsentFailure} grant_lost when the bank says that the grant is no more, or it gave no refresh token; as_unreachable,
 *   also when the answer was lost, since the same refresh token may be sent again; and what a refresh throws
 * @see RFC 6749 §6, FAPI 2.0 Security Profile §5.3.2.1
 */
export async function freshTokens(
  deps: ActivityDependencies,
  id: AuthorizationId,
  { isInDoubt = false } = {},
): Promise<FreshAuthorization> {
  const authorization = await openAuthorization(deps, id);
  if (!isInDoubt && isFresh(authorization.row.access_expires_at)) {
    return { ...authorization, tokens: await tokensOf(authorization) };
  }
  const refreshedBefore = (await findGrant(deps.database, id))?.refreshed_at?.getTime();
  await withGrantLock(deps.database, id, async (held) => {
    const grant = await findGrant(held, id);
    // Somebody else was faster.
    const isRefreshed = grant?.refreshed_at?.getTime() !== refreshedBefore;
    if (isRefreshed || (!isInDoubt && isFresh(grant?.access_expires_at ?? null))) return;
    await refresh(deps, held, id);
  });
  const fresh = await openAuthorization(deps, id);
  return { ...fresh, tokens: await tokensOf(fresh) };
}

/** The same, for who can do without. @returns undefined when the bank no longer honours the grant */
export async function tokensThatWork(
  deps: ActivityDependencies,
  id: AuthorizationId,
  options?: { readonly isInDoubt: boolean },
): Promise<FreshAuthorization | undefined> {
  try {
    return await freshTokens(deps, id, options);
  } catch (error) {
    if (error instanceof ConsentFailure && error.code === 'grant_lost') return undefined;
    throw error;
  }
}

function isFresh(expiresAt: Date | null): boolean {
  // A server that does not say when is believed until it refuses.
  return expiresAt === null || expiresAt.getTime() > Date.now() + MARGIN_MS;
}

async function refresh(deps: ActivityDependencies, held: Database, id: AuthorizationId): Promise<void> {
  const authorization = await openAuthorization({ ...deps, database: held }, id);
  const write: Write = (work) => insistently('refresh_unknown', () => throughEither(held, deps.database, work));
  const { client, dataKey } = authorization;
  const before = await tokensOf(authorization);
  const { refreshToken } = before;
  if (refreshToken === undefined) throw new ConsentFailure('grant_lost', 'the bank gave no refresh token.');
  const custody = await custodyOf(held, authorization, write);
  try {
    const ask = (kept: TokenCustody) => client.refreshTokens(refreshToken, bindingOf(before), kept);
    const tokens = await ask(custody).catch((error: unknown) => {
      if (custody.stored === undefined || !isUnusable(error)) throw error;
      // What was put away is nonsense and stays so. The bank may have got over it, and the refresh token may still be good.
      return ask({ store: (rawResponse) => custody.store(rawResponse) });
    });
    const stored: StoredTokens = { ...before, ...tokens };
    const tokensSealed = await dataKey.seal('tokens', stored);
    await write((database) => storeRefreshedTokens(database, id, { tokensSealed, ...expirationsOf(tokens) }));
  } catch (error) {
    if (!(error instanceof ConsentFailure)) throw error;
    if (error.code === 'refresh_unknown')
      throw new ConsentFailure('as_unreachable', 'the answer to a refresh was lost.');
    throw error;
  }
}

function isUnusable(error: unknown): boolean {
  return error instanceof ConsentFailure && (error.code === 'as_response_invalid' || error.code === 'id_token_invalid');
}

type Write = (work: (database: Database) => Promise<void>) => Promise<void>;

/**
 * By the connection that holds the lock, since those who wait for it may have all others. One that broke while the answer was on its
 * way is of no use any more, and has taken the lock with it: what cannot be had again is then written by any other.
 */
async function throughEither(
  held: Database,
  pool: Database,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  try {
    await work(held);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    await work(pool);
  }
}

/** An answer that an earlier attempt put away is judged; the bank is not asked again. */
async function custodyOf(held: Database, { row, dataKey }: OpenAuthorization, write: Write): Promise<TokenCustody> {
  const grant = await findGrant(held, row.id);
  const sealed = grant?.refresh_response_jwe ?? null;
  const stored = sealed === null ? undefined : await dataKey.open('refresh-response', sealed);
  return {
    ...(typeof stored === 'string' && { stored }),
    ...(grant?.refresh_response_at && { storedAt: grant.refresh_response_at.getTime() }),
    async store(rawResponse) {
      const fresh = await dataKey.seal('refresh-response', rawResponse);
      await write((database) => keepRefreshResponse(database, row.id, fresh));
    },
  };
}
