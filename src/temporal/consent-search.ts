import { isGrpcServiceError, type Client } from '@temporalio/client';
import { ConsentFailure } from '../domain/failures';
import { consentIdOf, type ConsentId } from '../domain/ids';
import { CONSENT_WORKFLOW } from '../workflows/contract';

const PAGE = 1_000;
/** Ten thousand are ten pages of about a second on a busy server. */
const SEARCH_DEADLINE_MS = 60_000;

export interface FoundConsents {
  readonly ids: readonly ConsentId[];
  /** There are more than were asked for. */
  readonly hasMore: boolean;
}

/**
 * The running consents that a visibility query finds. All at once and before any is touched: telling a consent something changes
 * what the query finds, and pages would shift under the reader. What is found may be a second old.
 *
 * @param query of `consentQuery`
 * @throws {ConsentFailure} engine_unavailable
 * @throws {Error} when the server does not understand the query
 */
export async function searchConsents(client: Client, query: string, limit: number): Promise<FoundConsents> {
  try {
    return await client.withDeadline(Date.now() + SEARCH_DEADLINE_MS, () => collect(client, query, limit));
  } catch (error) {
    throw translated(error);
  }
}

async function collect(client: Client, query: string, limit: number): Promise<FoundConsents> {
  const ids: ConsentId[] = [];
  for await (const { type, status, workflowId } of client.workflow.list({
    query,
    pageSize: Math.min(PAGE, limit + 1),
  })) {
    // Whatever the query says: nothing else is ever touched.
    const id = consentIdOf(workflowId);
    if (type !== CONSENT_WORKFLOW || status.name !== 'RUNNING' || id === undefined) continue;
    if (ids.length === limit) return { ids, hasMore: true };
    ids.push(id);
  }
  return { ids, hasMore: false };
}

/** gRPC: what the server does not understand. */
const INVALID_ARGUMENT: readonly number[] = [3];

function translated(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (!isGrpcServiceError(each)) continue;
    if (INVALID_ARGUMENT.includes(each.code)) return new Error(`Temporal does not take the query: ${each.details}`);
    return new ConsentFailure('engine_unavailable');
  }
  return error;
}
