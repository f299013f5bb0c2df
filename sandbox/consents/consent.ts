import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cluster } from '../clusters';
import type { BankBehaviour } from '../behaviour';
import { FDX_DETAILS_TYPE, type DurationType } from './consent-request';

/**
 * One consent of one person to one application. Its id is also the id of the OAuth grant: a token leads straight to
 * the consent it may use, and ending one ends the other.
 */
export interface Consent {
  id: string;
  personId: string;
  client: { id: string; name: string; uri?: string | undefined };
  /** RFC 7636 §4.2, of the authorization it came from. */
  codeChallenge?: string | undefined;
  durationType: DurationType;
  durationPeriodInDays?: number | undefined;
  lookbackPeriodInDays?: number | undefined;
  accountClusters: Cluster[];
  accountIds: string[];
  customerClusters: Cluster[];
  createdTime: string;
  updatedTime: string;
  expirationTime?: string | undefined;
  revocation?: Revocation | undefined;
  /** Asked for, and answered with 204, but not in effect yet. */
  pendingRevocation?: { request: RevocationRequest; takesEffectAt: string } | undefined;
  /** Its accounts go by ids that no other consent has for them. */
  hasOwnAccountIds?: boolean | undefined;
  /** The client asked for a grant that it can manage: its id is then told as `grant_id`, whatever else is told. */
  isManaged?: boolean | undefined;
}

export const PARTY_TYPES = [
  'DATA_ACCESS_PLATFORM',
  'DATA_PROVIDER',
  'DATA_RECIPIENT',
  'INDIVIDUAL',
  'MERCHANT',
  'VENDOR',
] as const;

export type PartyType = (typeof PARTY_TYPES)[number];

/** The body of `PUT /consents/{id}/revocation`; SECURITY_EVENT and OTHER arrived with FDX 6.6. */
export const revocationRequest = z.strictObject({
  reason: z.enum(['USER_ACTION', 'BUSINESS_RULE', 'SECURITY_EVENT', 'OTHER']),
  otherReason: z.string().min(1).max(256).optional(),
  initiator: z.enum(PARTY_TYPES),
});

export type RevocationRequest = z.infer<typeof revocationRequest>;

export type Revocation = RevocationRequest & { updatedTime: string };

export type ConsentStatus = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

export const SECONDS_PER_DAY = 86_400;

/** FDX leaves the life of a one-time consent to the bank; between an hour and a day is what banks give. */
const ONE_TIME_LIFE_IN_SECONDS = SECONDS_PER_DAY;
/** The OAuth grant behind a consent without an end needs one all the same. */
export const LONGEST_LIFE_IN_SECONDS = 3650 * SECONDS_PER_DAY;

export function lifeInSeconds(duration: Pick<Consent, 'durationType' | 'durationPeriodInDays'>): number {
  switch (duration.durationType) {
    case 'ONE_TIME':
      return ONE_TIME_LIFE_IN_SECONDS;
    case 'PERSISTENT':
      return LONGEST_LIFE_IN_SECONDS;
    case 'TIME_BOUND':
      return (duration.durationPeriodInDays ?? 0) * SECONDS_PER_DAY;
  }
}

export function statusOf(consent: Consent, now = Date.now()): ConsentStatus {
  if (consent.revocation) return 'REVOKED';
  if (consent.expirationTime !== undefined && Date.parse(consent.expirationTime) <= now) return 'EXPIRED';
  return 'ACTIVE';
}

interface GrantedResource {
  resourceType: 'ACCOUNT' | 'CUSTOMER';
  resourceId: string;
  dataClusters: Cluster[];
}

/** What an account is called towards an application. The bank itself, and the person, know it by one id for ever. */
export function shownAccountId({ id, hasOwnAccountIds }: Consent, accountId: string): string {
  if (hasOwnAccountIds !== true) return accountId;
  return `acc-${createHash('sha256').update(`${id} ${accountId}`).digest('hex').slice(0, 16)}`;
}

const resourcesOf = (consent: Consent): GrantedResource[] => [
  ...consent.accountIds.map((accountId): GrantedResource => ({
    resourceType: 'ACCOUNT',
    resourceId: shownAccountId(consent, accountId),
    dataClusters: consent.accountClusters,
  })),
  ...(consent.customerClusters.length > 0
    ? [
        {
          resourceType: 'CUSTOMER' as const,
          resourceId: consent.personId,
          dataClusters: consent.customerClusters,
        },
      ]
    : []),
];

/** FDX ConsentGrant, the answer to `GET /consents/{id}`. */
export function consentGrant(
  consent: Consent,
  bank: { name: string; fdxUrl: string },
  behaviour: BankBehaviour,
): object {
  return {
    id: consent.id,
    status: statusOf(consent),
    parties: [
      {
        name: consent.client.name,
        type: 'DATA_ACCESS_PLATFORM',
        homeUri: consent.client.uri,
        registry: 'PRIVATE',
        registeredEntityName: consent.client.name,
        registeredEntityId: consent.client.id,
      },
      {
        name: bank.name,
        type: 'DATA_PROVIDER',
        homeUri: new URL(bank.fdxUrl).origin,
        registry: 'PRIVATE',
        registeredEntityName: bank.name,
        registeredEntityId: new URL(bank.fdxUrl).host,
      },
    ],
    createdTime: consent.createdTime,
    updatedTime: consent.updatedTime,
    expirationTime: consent.expirationTime,
    durationType:
      behaviour.durationTypes === 'older' ? OLDER_DURATION_TYPES[consent.durationType] : consent.durationType,
    durationPeriod: consent.durationPeriodInDays,
    lookbackPeriod: consent.lookbackPeriodInDays,
    resources: resourcesOf(consent),
    links: linksOf(consent, bank.fdxUrl, behaviour),
  };
}

export const OLDER_DURATION_TYPES: Record<DurationType, string> = {
  ONE_TIME: 'ONETIME',
  PERSISTENT: 'PERSISTENT',
  TIME_BOUND: 'TIME_BASED',
};

function linksOf({ id }: Consent, fdxUrl: string, { consentLinks }: BankBehaviour): object {
  const self = { action: 'GET', href: `${fdxUrl}/consents/${id}` };
  const revocation = { action: 'PUT', href: `${fdxUrl}/consents/${id}/revocation` };
  if (consentLinks === 'object') return { self, revocation };
  return [
    { rel: 'self', ...self },
    { rel: 'revocation', ...revocation },
  ];
}

/** RFC 9396 §7: what was granted, in the form it was asked for, enriched with the accounts the person chose. */
export const grantedDetail = (consent: Consent): { type: string; consentRequest: object } => ({
  type: FDX_DETAILS_TYPE,
  consentRequest: {
    durationType: consent.durationType,
    durationPeriod: consent.durationPeriodInDays,
    lookbackPeriod: consent.lookbackPeriodInDays,
    resources: resourcesOf(consent),
  },
});
