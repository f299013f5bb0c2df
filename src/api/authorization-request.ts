import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';
import { sameTerms, type ConsentTerms } from '../domain/terms';
import type { ConsentRow } from '../store/consents';
import { askedTerms, PERIOD_NEEDS_TIME_BOUND, termsOf, type ConsentPolicy } from './consent-request';
import { requestInvalid } from './problem';

/** What is left out stays as it is. */
export const authorizationRequestSchema = z
  .strictObject(askedTerms)
  .partial()
  .meta({ id: 'AuthorizationRequest', description: 'What is left out stays as it is.', ...PERIOD_NEEDS_TIME_BOUND });

interface AuthorizationRequest {
  readonly reason: 'renew' | 'reauthorize' | 'change';
  readonly terms: ConsentTerms;
}

/**
 * Parses what an application asks for anew. The reason follows from how the consent stands and what is asked.
 *
 * @throws {RequestFailure} request_invalid, cluster_unknown; duration_exceeds_policy
 */
export function parseAuthorizationRequest(
  body: unknown,
  row: Pick<ConsentRow, 'terms' | 'grant_lost' | 'next_action'>,
  policy: ConsentPolicy,
): AuthorizationRequest {
  const parsed = authorizationRequestSchema.safeParse(body ?? {});
  if (!parsed.success) throw requestInvalid(parsed.error);
  const { terms: before } = row;
  if (before.durationType === 'ONE_TIME') throw new ConsentFailure('consent_not_renewable');
  const { durationType = before.durationType, resources = before.resources, ...periods } = parsed.data;
  // Another type of duration brings its own period.
  const kept = durationType === before.durationType ? before : {};
  const asked = { ...periodsOf(kept), ...periods, durationType, resources: resources.map(mutable) };
  const terms = termsOf(asked, policy);
  if (!sameTerms(terms, before)) return { reason: 'change', terms };
  return { reason: row.grant_lost || row.next_action === 'reauthorize' ? 'reauthorize' : 'renew', terms };
}

function periodsOf({ durationPeriod, lookbackPeriod }: Partial<ConsentTerms>) {
  return {
    ...(durationPeriod !== undefined && { durationPeriod }),
    ...(lookbackPeriod !== undefined && { lookbackPeriod }),
  };
}

function mutable({
  resourceType,
  dataClusters,
}: {
  resourceType: ConsentTerms['resources'][number]['resourceType'];
  dataClusters: readonly string[];
}) {
  return { resourceType, dataClusters: [...dataClusters] };
}
