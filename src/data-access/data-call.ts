import { ConsentFailure } from '../domain/failures';
import type { ApplicationId, ConsentId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import { headersFor, resourceUrl, type ActorType } from '../fdx/client';
import { findDataAccess, findStanding } from '../store/data-access';
import type { DataKey } from '../store/vault';
import type { DataQuery } from './data-query';
import type { DataAccessDependencies } from './dependencies';
import {
  accountsNamedBy,
  requireGranted,
  requireStanding,
  requireUsable,
  withinLookback,
  type UsableAccess,
} from './judge-access';
import { openCursor } from './page-cursor';
import { resourceOf, segmentsOf, type DataResource, type DataResourceName, type PathParameters } from './resources';

/** What an application asks for. */
export interface DataRequest {
  readonly applicationId: ApplicationId;
  readonly consentId: ConsentId;
  readonly name: DataResourceName;
  readonly ids: PathParameters;
  readonly query: DataQuery;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  /** Whether the person is there. */
  readonly actor: ActorType;
  /** Follows the request through the bank's logs and ours: a UUID. */
  readonly interactionId: string;
}

/** A request that has been judged, as it goes to the bank. */
export interface DataCall {
  readonly access: UsableAccess;
  readonly resource: DataResource;
  readonly dataKey: DataKey;
  /** The query as it was asked for the first page, within the lookback. */
  readonly query: DataQuery;
  /** Address of the first page, and of the one that is asked for. */
  readonly first: URL;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** When the first page was asked for, in epoch milliseconds. */
  readonly begunAt: number;
}

/**
 * Judges a request by what the grant says, before the bank is asked. One statement reads all of it.
 *
 * @throws {ConsentFailure} consent_not_found, consent_not_connected, consent_ended, institution_paused, reauthorization_needed,
 *   account_not_granted, cluster_not_granted, lookback_exceeded, cursor_invalid
 */
export async function judgeRequest(
  { database, vault }: Pick<DataAccessDependencies, 'database' | 'vault'>,
  request: DataRequest,
): Promise<DataCall> {
  const access = await findDataAccess(database, request.consentId, request.applicationId);
  if (!access) throw await failureWithoutGrant(database, request);
  requireUsable(access);
  const resource = resourceOf(request.name);
  requireGranted(access.granted, resource, accountsNamedBy(request.ids, request.query));
  if (access.wrapped_jwe === null) throw new ConsentFailure('consent_ended');
  const dataKey = await vault.openDataKey(access.consent_id, access.wrapped_jwe);
  return { access, resource, dataKey, ...(await placeOf(request, access, resource, dataKey)) };
}

/** Someone else's consent and one that does not exist give the same answer. */
async function failureWithoutGrant(
  database: DataAccessDependencies['database'],
  { consentId, applicationId }: DataRequest,
): Promise<ConsentFailure> {
  const standing = await findStanding(database, consentId, applicationId);
  if (!standing) return new ConsentFailure('consent_not_found');
  requireStanding(standing);
  return new ConsentFailure('reauthorization_needed');
}

type Place = Pick<DataCall, 'query' | 'first' | 'url' | 'headers' | 'begunAt'>;

async function placeOf(
  request: DataRequest,
  { id, profile, granted, terms }: UsableAccess,
  resource: DataResource,
  dataKey: DataKey,
): Promise<Place> {
  const now = Date.now();
  const headers = { ...headersFor(profile, request.actor), 'x-fapi-interaction-id': request.interactionId };
  if (request.cursor === undefined) {
    // A bank that does not say how far back it grants has been asked this, and the person has read it.
    const lookbackDays = granted.lookbackPeriod ?? terms.lookbackPeriod;
    const query = withinLookback(resource, request.query, lookbackDays, now);
    const first = addressOf(profile, request, resource, query);
    return { query, first, url: first, headers, begunAt: now };
  }
  const { query, next, begunAt } = await openCursor(dataKey, id, request.cursor, request, now);
  const first = addressOf(profile, request, resource, query);
  const url = new URL(next);
  // The bank has moved since: our token goes where the profile says.
  if (url.origin !== first.origin)
    throw new ConsentFailure('cursor_invalid', 'the institution has another address now.');
  return { query, first, url, headers, begunAt };
}

function addressOf(
  { fdx }: InstitutionProfile,
  { name, ids }: DataRequest,
  resource: DataResource,
  query: DataQuery,
): URL {
  const url = resourceUrl(fdx.baseUrl, ...segmentsOf(resource, ids));
  const asked: DataQuery =
    name === 'accounts' && fdx.resultType !== undefined ? { resultType: fdx.resultType, ...query } : query;
  for (const [parameter, value] of Object.entries(asked) as [string, string | undefined][]) {
    if (value !== undefined) url.searchParams.set(parameter, value);
  }
  return url;
}
