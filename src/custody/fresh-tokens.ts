import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import type { BoundToken } from '../fapi/authorization';
import type { AuthorizationRow } from '../store/authorizations';
import { isDatabaseAway } from '../store/database';
import { coolingOf } from './cool-down';
import type { CustodyDependencies } from './dependencies';
import { openAuthorization, tokensOf, type OpenAuthorization, type StoredTokens } from './open-authorization';
import { refreshEarly, refreshGrant } from './refresh';
import { earlinessOf, lifeOf, phaseOf, stillWorks } from './token-life';

export interface FreshAuthorization extends OpenAuthorization {
  readonly tokens: StoredTokens;
}

export interface TokenDemand {
  /** Refresh in any case: somebody says that the bank honours the grant no more. */
  readonly isInDoubt?: boolean;
  /** What the bank has just refused: refreshed unless others are stored by now. */
  readonly refused?: BoundToken;
  /** The row, where the caller has just read it: a call for data reads no more than it must. */
  readonly known?: AuthorizationRow;
}

/** Nobody waits longer than this; the refresh goes on, and whoever comes next finds what it stored. */
const PATIENCE_MS = 15_000;

/**
 * A grant with tokens that work now, refreshed where need be. Of any number of callers and processes one refreshes and the others
 * find what it stored; while a token still works they do not even wait for that. After a failure nobody asks the bank again before
 * the time in the row.
 *
 * @throws {ConsentFailure} grant_lost when the bank says that the grant is no more, or it gave no refresh token; as_unreachable,
 *   also when the answer was lost, since the same refresh token may be sent again; and what a refresh throws. During a cool-down the
 *   failure that began it, with the seconds that are left.
 * @see RFC 6749 §6, FAPI 2.0 Security Profile §5.3.2.1
 */
export async function freshTokens(
  deps: CustodyDependencies,
  id: AuthorizationId,
  demand: TokenDemand = {},
): Promise<FreshAuthorization> {
  const found = await openTokens(deps, id, demand.known);
  switch (courseOf(deps, found, demand)) {
    case 'use':
      return found;
    case 'use_and_refresh':
      refreshEarly(deps, found.row);
      return found;
    case 'wait':
      return waitForTokens(deps, found, demand);
  }
}

/** The same, for who can do without. @returns undefined when the bank no longer honours the grant */
export async function tokensThatWork(
  deps: CustodyDependencies,
  id: AuthorizationId,
  demand?: TokenDemand,
): Promise<FreshAuthorization | undefined> {
  try {
    return await freshTokens(deps, id, demand);
  } catch (error) {
    if (error instanceof ConsentFailure && error.code === 'grant_lost') return undefined;
    throw error;
  }
}

async function openTokens(
  deps: CustodyDependencies,
  id: AuthorizationId,
  known?: AuthorizationRow,
): Promise<FreshAuthorization> {
  const authorization = await openAuthorization(deps, id, known);
  return { ...authorization, tokens: await tokensOf(authorization) };
}

/** @throws {ConsentFailure} when there is nothing to use, and it is not the time to ask the bank */
function courseOf(
  deps: CustodyDependencies,
  found: FreshAuthorization,
  demand: TokenDemand,
): 'use' | 'use_and_refresh' | 'wait' {
  const { row, tokens } = found;
  const isDoubted = isInDoubt(found, demand);
  if (row.lost_at !== null && !isDoubted) throw new ConsentFailure('grant_lost', 'the bank has said so.');
  const cooling = coolingOf(row);
  const works = !isDoubted && stillWorks(lifeOf(row), Date.now());
  // Without a refresh token it is used to its end.
  if (works && (cooling || tokens.refreshToken === undefined)) return 'use';
  if (cooling) throw cooling;
  if (isDoubted) return 'wait';
  const phase = phaseOf(lifeOf(row), earlinessOf(row.id, deps.refreshes.salt), Date.now());
  if (phase === 'good') return 'use';
  return phase === 'ending' ? 'use_and_refresh' : 'wait';
}

function isInDoubt({ tokens }: FreshAuthorization, { isInDoubt: isDoubted, refused }: TokenDemand): boolean {
  return isDoubted === true || refused?.accessToken === tokens.accessToken;
}

async function waitForTokens(
  deps: CustodyDependencies,
  first: FreshAuthorization,
  demand: TokenDemand,
): Promise<FreshAuthorization> {
  const enough = new AbortController();
  const patience = delay(PATIENCE_MS, undefined, { signal: enough.signal }).then(outOfPatience);
  patience.catch(() => undefined);
  try {
    for (let found = first; ;) {
      await Promise.race([patience, refreshGrant(deps, { row: found.row, isInDoubt: isInDoubt(found, demand) })]);
      found = await openTokens(deps, first.row.id);
      // Whatever they are: they are the newest there are. An early refresh that was joined may have come to nothing.
      if (found.row.refreshed_at?.getTime() !== first.row.refreshed_at?.getTime()) return found;
    }
  } catch (error) {
    if (isInDoubt(first, demand) || !isForNow(error) || !stillWorks(lifeOf(first.row), Date.now())) throw error;
    // In its last seconds, which will do once more.
    return first;
  } finally {
    enough.abort();
  }
}

function isForNow(error: unknown): boolean {
  return error instanceof ConsentFailure ? error.code !== 'grant_lost' : isDatabaseAway(error);
}

function outOfPatience(): never {
  throw new ConsentFailure('as_unreachable', 'a refresh of this grant waits for the bank.');
}
