import { z } from 'zod';
import { isDataCluster, type DataCluster } from '../domain/clusters';
import { languageTagSchema } from '../disclosures/template-file';
import { ConsentFailure } from '../domain/failures';
import { DURATION_TYPES, RESOURCE_TYPES, type ConsentTerms } from '../domain/terms';
import type { Application } from '../store/applications';
import { RequestFailure, requestInvalid } from './problem';

/** PostgreSQL keeps neither NUL nor half a surrogate pair; nobody means either. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'must not hold control characters');

const periodDays = z.int().min(1).max(100_000);

/** What is asked of the bank. */
export const askedTerms = {
  durationType: z.enum(DURATION_TYPES),
  durationPeriod: periodDays.optional(),
  lookbackPeriod: periodDays.optional(),
  resources: z
    .array(z.strictObject({ resourceType: z.enum(RESOURCE_TYPES), dataClusters: z.array(text(64)).min(1).max(50) }))
    .min(1)
    .max(10),
};

export const consentRequestSchema = z.strictObject({
  institutionId: text(64),
  /** The application's own name for the person; pseudonymous is best. */
  person: z.strictObject({ reference: text(256) }),
  purpose: text(300),
  ...askedTerms,
  durationType: askedTerms.durationType.default('TIME_BOUND'),
  returnUrl: text(2048).optional(),
  /** In which language the person is spoken to. */
  language: languageTagSchema.optional(),
  metadata: z.record(text(64), text(500)).default({}),
});

export type ConsentRequest = z.infer<typeof consentRequestSchema>;

export interface ConsentPolicy {
  readonly maxConsentDays: number;
  readonly maxLookbackDays: number;
}

const MAX_METADATA_ENTRIES = 20;

/**
 * Parses what an application asks for.
 *
 * @throws {RequestFailure} request_invalid with every fault; cluster_unknown, duration_exceeds_policy, return_url_unregistered
 */
export function parseConsentRequest(
  body: unknown,
  application: Application,
  policy: ConsentPolicy,
): { readonly request: ConsentRequest; readonly terms: ConsentTerms } {
  const parsed = consentRequestSchema.safeParse(body);
  if (!parsed.success) throw requestInvalid(parsed.error);
  const request = parsed.data;
  if (Object.keys(request.metadata).length > MAX_METADATA_ENTRIES) {
    const message = `at most ${MAX_METADATA_ENTRIES} entries`;
    throw new RequestFailure('request_invalid', [{ path: 'metadata', message }]);
  }
  if (request.returnUrl !== undefined && !application.returnUrls.includes(request.returnUrl)) {
    throw new ConsentFailure('return_url_unregistered');
  }
  return { request, terms: termsOf(request, policy) };
}

/** @throws {ConsentFailure} request_invalid, cluster_unknown, duration_exceeds_policy */
export function termsOf(request: Pick<ConsentRequest, keyof typeof askedTerms>, policy: ConsentPolicy): ConsentTerms {
  const { durationType, durationPeriod, lookbackPeriod } = request;
  if (durationType !== 'TIME_BOUND' && durationPeriod !== undefined) {
    const message = `goes with durationType TIME_BOUND, not ${durationType}`;
    throw new RequestFailure('request_invalid', [{ path: 'durationPeriod', message }]);
  }
  if (durationPeriod !== undefined && durationPeriod > policy.maxConsentDays) {
    throw new ConsentFailure('duration_exceeds_policy', `durationPeriod is at most ${policy.maxConsentDays} days.`);
  }
  if (lookbackPeriod !== undefined && lookbackPeriod > policy.maxLookbackDays) {
    throw new ConsentFailure('duration_exceeds_policy', `lookbackPeriod is at most ${policy.maxLookbackDays} days.`);
  }
  // A TIME_BOUND request needs its number at the bank; a year is what policy would cut it to.
  const period = durationType === 'TIME_BOUND' ? (durationPeriod ?? policy.maxConsentDays) : undefined;
  return {
    durationType,
    ...(period !== undefined && { durationPeriod: period }),
    ...(lookbackPeriod !== undefined && { lookbackPeriod }),
    resources: request.resources.map(({ resourceType, dataClusters }) => ({
      resourceType,
      dataClusters: [...new Set(dataClusters)].map(clusterNamed),
    })),
  };
}

function clusterNamed(name: string, index: number): DataCluster {
  if (isDataCluster(name)) return name;
  throw new RequestFailure('cluster_unknown', [{ path: `dataClusters.${index}`, message: `not an FDX data cluster` }]);
}
