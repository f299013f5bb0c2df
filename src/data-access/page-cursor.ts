import { DAY_MS } from '../domain/days';
import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import { VaultError, type DataKey } from '../store/vault';
import type { DataQuery } from './data-query';
import type { DataResourceName, PathParameters } from './resources';

/** Banks keep their keys for less; a list that takes longer is read anew. */
export const CURSOR_LIFE_MS = DAY_MS;

/** What a cursor belongs to. */
export interface ListRequest {
  readonly name: DataResourceName;
  readonly ids: PathParameters;
  readonly query: DataQuery;
}

/** Where a list goes on. */
export interface ListPosition extends ListRequest {
  /** Address of the next page at the bank. */
  readonly next: string;
  /** When its first page was asked for: its dates were judged by that day. Epoch milliseconds. */
  readonly begunAt: number;
}

/**
 * The bank's next page as a cursor of ours, under the data key of the consent: it opens for this consent and this grant only, and
 * tells nobody the bank's key or the query.
 */
export function sealCursor(dataKey: DataKey, grant: AuthorizationId, position: ListPosition): Promise<string> {
  return dataKey.seal('page-cursor', grant, position);
}

/**
 * @returns where the list goes on, with the query as it was asked for the first page
 * @throws {ConsentFailure} cursor_invalid when it is altered, too old, or of another consent, grant, resource, account or query
 */
export async function openCursor(
  dataKey: DataKey,
  grant: AuthorizationId,
  cursor: string,
  asked: ListRequest,
  now: number,
): Promise<ListPosition> {
  const position = (await dataKey.open('page-cursor', grant, cursor).catch((error: unknown) => {
    if (!(error instanceof VaultError)) throw error;
    throw new ConsentFailure('cursor_invalid', 'it does not open for this consent and its grant.');
  })) as ListPosition;
  if (position.begunAt + CURSOR_LIFE_MS <= now) throw new ConsentFailure('cursor_invalid', 'it is too old.');
  if (!isOf(position, asked)) throw new ConsentFailure('cursor_invalid', 'it belongs to another request.');
  return position;
}

/** What is left out with a cursor is as it was; what is given must be the same. */
function isOf({ name, ids, query }: ListPosition, asked: ListRequest): boolean {
  const hasSame = (one: object, other: object) =>
    Object.entries(other).every(
      ([key, value]) => value === undefined || (one as Record<string, unknown>)[key] === value,
    );
  return name === asked.name && hasSame(ids, asked.ids) && hasSame(query, asked.query);
}
