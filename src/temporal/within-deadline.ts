import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';
import { ConsentFailure } from '../domain/failures';

/**
 * One call to the Temporal server, which somebody waits for.
 *
 * @throws {ConsentFailure} engine_unavailable when it does not answer in time
 */
export async function withinDeadline<Result>(
  client: Client,
  deadlineMs: number,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await client.withDeadline(Date.now() + deadlineMs, call);
  } catch (error) {
    throw isAway(error) ? new ConsentFailure('engine_unavailable') : error;
  }
}

/** gRPC: CANCELLED 1, DEADLINE_EXCEEDED 4, RESOURCE_EXHAUSTED 8, FAILED_PRECONDITION 9 (no worker gets on with it), UNAVAILABLE 14. */
const AWAY_CODES: readonly number[] = [1, 4, 8, 9, 14];

function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if (isGrpcServiceError(each) && AWAY_CODES.includes(each.code)) return true;
  }
  return false;
}
