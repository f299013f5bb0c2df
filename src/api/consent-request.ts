import { z } from 'zod';
import { DATA_CLUSTERS, isDataCluster, type DataCluster } from '../domain/clusters';
import { languageTagSchema } from '../disclosures/template-file';
import { ConsentFailure } from '../domain/failures';
import { DURATION_TYPES, RESOURCE_TYPES, type ConsentTerms } from '../domain/terms';
import type { Application } from '../store/applications';
import { metadataSchema, tagsSchema } from './labels';
import { lineOfText } from './line-of-text';
import { RequestFailure, requestInvalid } from './problem';

const periodDays = z.int().min(1).max(100_000);

/** A name that FDX does not know has a code of its own: `cluster_unknown`. */
const clusterName = lineOfText(64).meta({
  enum: DATA_CLUSTERS,
  description: 'FDX v6 data cluster: docs/vocabulary.md.',
});

/** What is asked of the bank. */
export const askedTerms = {
  durationType: z.enum(DURATION_TYPES).meta({ description: 'FDX ConsentDurationType.' }),
  durationPeriod: periodDays
    .meta({ description: 'Days from the grant; with TIME_BOUND only, and a year when it is not said.' })
    .optional(),
  lookbackPeriod: periodDays.meta({ description: 'Days of history, counted back from the request.' }).optional(),
  resources: z
    .array(z.strictObject({ resourceType: z.enum(RESOURCE_TYPES), dataClusters: z.array(clusterName).min(1).max(50) }))
    .min(1)
    .max(10),
};

/** Judged in `termsOf`, and said here for who reads the document. */
export const PERIOD_NEEDS_TIME_BOUND = {
  if: { properties: { durationType: { enum: ['ONE_TIME', 'PERSISTENT'] } }, required: ['durationType'] },
  then: { properties: { durationPeriod: false } },
} as const;

export const consentRequestSchema = z
  .strictObject({
    institutionId: lineOfText(64).meta({ description: 'From GET /v1/institutions.' }),
    person: z.strictObject({
      reference: lineOfText(256).meta({
        description: "The application's own name for the person; pseudonymous is best.",
      }),
    }),
    purpose: lineOfText(300).meta({ description: 'What the data is for, as the person reads it.' }),
    ...askedTerms,
    durationType: askedTerms.durationType.default('TIME_BOUND'),
    returnUrl: lineOfText(2048)
      .meta({
        format: 'uri',
        description: 'Where the person comes back to: one that is registered for the application.',
      })
      .optional(),
    language: languageTagSchema.meta({ description: 'In which language the person is spoken to (BCP 47).' }).optional(),
    metadata: metadataSchema.default({}),
    tags: tagsSchema.default([]),
  })
  .meta({ id: 'ConsentRequest', description: 'What an application asks a person for.', ...PERIOD_NEEDS_TIME_BOUND });

export type ConsentRequest = z.infer<typeof consentRequestSchema>;

export interface ConsentPolicy {
  readonly maxConsentDays: number;
  readonly maxLookbackDays: number;
}

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
