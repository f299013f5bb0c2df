import { z } from 'zod';
import type { GrantedConsent, GrantSource } from '../domain/grant';
import { RESOURCE_TYPES, type ConsentTerms, type DurationType } from '../domain/terms';

/**
 * The bank's ConsentGrant, read tolerantly: FDX requires no field of it, and implementations differ. What we cannot read is
 * treated as not said, except the resources: a grant without them grants nothing we can name.
 *
 * @see FDX API 6.x, ConsentGrant
 */
const resourceSchema = z.looseObject({
  resourceType: z.enum(RESOURCE_TYPES),
  resourceId: z.string().max(256).optional().catch(undefined),
  dataClusters: z.array(z.string().max(64)).max(100),
});
const days = z.coerce.number().int().positive().max(100_000).optional().catch(undefined);
const instant = z
  .string()
  .max(64)
  .transform((text) => Date.parse(text))
  .pipe(z.number().int())
  .optional()
  .catch(undefined);

const consentGrantSchema = z.looseObject({
  id: z.string().min(1).max(256).optional().catch(undefined),
  status: z.string().max(64).optional().catch(undefined),
  createdTime: instant,
  expirationTime: instant,
  durationType: z.string().max(64).optional().catch(undefined),
  durationPeriod: days,
  lookbackPeriod: days,
  resources: z.array(resourceSchema).max(1_000),
});

/** ONETIME and TIME_BASED are in older examples and in use. */
const DURATION_TYPES_READ: ReadonlyMap<string | undefined, DurationType> = new Map([
  ['ONE_TIME', 'ONE_TIME'],
  ['ONETIME', 'ONE_TIME'],
  ['PERSISTENT', 'PERSISTENT'],
  ['TIME_BOUND', 'TIME_BOUND'],
  ['TIME_BASED', 'TIME_BOUND'],
]);

export interface ReadGrant {
  readonly granted: GrantedConsent;
  /** The bank's status as it stands, e.g. ACTIVE. */
  readonly status?: string;
}

/** @returns undefined when the document is not a ConsentGrant even with tolerance */
export function readConsentGrant(document: unknown, source: GrantSource, asked: ConsentTerms): ReadGrant | undefined {
  const parsed = consentGrantSchema.safeParse(document);
  if (!parsed.success) return undefined;
  const grant = parsed.data;
  return {
    granted: {
      source,
      ...(grant.id !== undefined && { bankConsentId: grant.id }),
      resources: grant.resources.map(({ resourceType, resourceId, dataClusters }) => ({
        resourceType,
        ...(resourceId !== undefined && { resourceId }),
        dataClusters,
      })),
      durationType: DURATION_TYPES_READ.get(grant.durationType) ?? asked.durationType,
      ...(grant.durationPeriod !== undefined && { durationPeriod: grant.durationPeriod }),
      ...(grant.lookbackPeriod !== undefined && { lookbackPeriod: grant.lookbackPeriod }),
      ...(grant.createdTime !== undefined && { createdAt: grant.createdTime }),
      ...(grant.expirationTime !== undefined && { expiresAt: grant.expirationTime }),
    },
    ...(grant.status !== undefined && { status: grant.status }),
  };
}
