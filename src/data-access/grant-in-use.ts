import { ConsentFailure, type FailureCode } from '../domain/failures';
import { judgeRequest, type DataCall, type DataRequest } from './data-call';
import type { DataAccessDependencies } from './dependencies';

/**
 * Carries out a judged call; once more with the grant in use, where a renewal has put another one in the place of its own
 * meanwhile: what was said of the old one is no answer then.
 *
 * @throws {ConsentFailure} and whatever else the work throws
 */
export async function withGrantInUse<Result>(
  deps: DataAccessDependencies,
  request: DataRequest,
  call: DataCall,
  work: (call: DataCall) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(call);
  } catch (error) {
    const now = isAboutGrant(error) ? await judgeRequest(deps, request).catch(() => call) : call;
    if (now.access.id === call.access.id) throw error;
    return work(now);
  }
}

const REFUSED: readonly FailureCode[] = ['reauthorization_needed', 'grant_in_doubt'];

/** The bank refuses this grant, or its tokens are gone, which is no published failure. */
function isAboutGrant(error: unknown): boolean {
  return !(error instanceof ConsentFailure) || REFUSED.includes(error.code);
}
