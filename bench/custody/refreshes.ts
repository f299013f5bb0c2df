import { performance } from 'node:perf_hooks';
import type { CustodyDependencies } from '../../src/custody/dependencies';
import { freshTokens } from '../../src/custody/fresh-tokens';
import { openAuthorization, tokensOf } from '../../src/custody/open-authorization';
import type { AuthorizationId } from '../../src/domain/ids';
import { bindingOf } from '../../src/fapi/authorization';
import { round } from '../statistics';
import type { RefreshFigures } from './result';

/** Refreshes every consent once with everything that keeps its tokens safe, and once with nothing of it. */
export async function measureRefreshes(
  deps: CustodyDependencies,
  ids: readonly AuthorizationId[],
  concurrency: number,
): Promise<RefreshFigures> {
  const bare = await Promise.all(ids.map((id) => bareRefresh(deps, id)));
  const [first] = bare;
  await first?.();
  const barePerSecond = await perSecond(bare, concurrency);
  const kept = ids.map((id) => () => freshTokens(deps, id, { isInDoubt: true }));
  const keptPerSecond = await perSecond(kept, concurrency);
  return {
    consents: ids.length,
    concurrency,
    barePerSecond,
    perSecond: keptPerSecond,
    ratio: round(keptPerSecond / barePerSecond, 2),
  };
}

/** The bank does not rotate here: the same refresh token serves both. */
async function bareRefresh(deps: CustodyDependencies, id: AuthorizationId): Promise<() => Promise<unknown>> {
  const authorization = await openAuthorization(deps, id);
  const tokens = await tokensOf(authorization);
  const { refreshToken } = tokens;
  if (refreshToken === undefined) throw new Error('the bank gave no refresh token');
  const custody = { store: () => Promise.resolve() };
  return () => authorization.client.refreshTokens(refreshToken, bindingOf(tokens), custody);
}

async function perSecond(works: readonly (() => Promise<unknown>)[], concurrency: number): Promise<number> {
  const waiting = [...works];
  const keepGoing = async (): Promise<void> => {
    for (let work = waiting.pop(); work; work = waiting.pop()) await work();
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, keepGoing));
  return round((works.length / (performance.now() - startedAt)) * 1000);
}
