import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { InstitutionProfile } from '../domain/institution';
import type { Aggregator, ApplicationIdentity } from '../domain/party';
import type { ConsentTerms } from '../domain/terms';
import { RECEIPT_SCHEMA_ID, type ConsentReceipt } from './receipt-schema';

/** What we know of one authorization that brought a grant. */
export interface ReceiptFacts {
  readonly receiptId: string;
  readonly supersedes?: string;
  readonly consentId: string;
  readonly authorizationId: string;
  readonly issuedAt: Date;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly application: Pick<ApplicationIdentity, 'homeUri' | 'registryReferences'> & { readonly name: string };
  readonly aggregator: Aggregator;
  readonly profile: InstitutionProfile;
  readonly personPseudonym: string;
  readonly purpose: string;
  readonly requested: ConsentTerms;
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly grantedScopes: readonly string[];
  readonly disclosure: DisclosureFacts;
  readonly authorization: AuthorizationFacts;
}

/** What was shown and agreed to. Of trips from before disclosures were kept only the digest and the instant are known. */
export interface DisclosureFacts {
  readonly digest: string;
  readonly agreedAt: Date;
  readonly shown?: {
    readonly id: string;
    readonly language: string;
    readonly template: string | null;
    readonly source: 'template' | 'application';
  };
  readonly agreement?: {
    readonly id: string;
    readonly method: 'button' | 'typed_name';
    readonly nameDigest: string | null;
  };
}

/** How the trip went. Null is what nobody said, or what was not written down yet when it began. */
export interface AuthorizationFacts {
  readonly pushedAt: Date | null;
  readonly requestDigest: string | null;
  readonly codeChallenge: string;
  readonly responseIssuer: string | null;
  readonly receivedAt: Date | null;
  readonly tokensIssuedAt: Date | null;
  readonly authenticatedAt: Date | null;
  readonly acr: string | null;
  readonly senderThumbprint: string;
}

/** A receipt, in the order a person would ask. */
export function consentReceiptOf(facts: ReceiptFacts): ConsentReceipt {
  const { granted, authorization } = facts;
  const createdAt = granted.createdAt ?? authorization.tokensIssuedAt?.getTime() ?? facts.issuedAt.getTime();
  return {
    schema: RECEIPT_SCHEMA_ID,
    receiptVersion: 2,
    receiptId: facts.receiptId,
    ...(facts.supersedes !== undefined && { supersedes: facts.supersedes }),
    consentId: facts.consentId,
    authorizationId: facts.authorizationId,
    ...(granted.bankConsentId !== undefined && { bankConsentId: granted.bankConsentId }),
    issuedAt: facts.issuedAt.toISOString(),
    createdTime: new Date(createdAt).toISOString(),
    expirationDate: new Date(facts.expiresAt).toISOString(),
    parties: partiesOf(facts),
    personPseudonym: facts.personPseudonym,
    purpose: facts.purpose,
    requested: requestedOf(facts.requested),
    granted: grantedOf(granted),
    difference: differenceOf(facts.difference),
    grantedScopes: [...facts.grantedScopes],
    disclosure: disclosureOf(facts.disclosure),
    evidence: evidenceOf(facts),
  };
}

function partiesOf({ application, aggregator, profile }: ReceiptFacts): ConsentReceipt['parties'] {
  return [
    partyOf('DATA_RECIPIENT', application),
    partyOf('DATA_ACCESS_PLATFORM', aggregator),
    partyOf('DATA_PROVIDER', { name: profile.name, ...profile.party }),
  ];
}

function partyOf(
  type: ConsentReceipt['parties'][number]['type'],
  { name, homeUri, registryReferences }: Aggregator,
): ConsentReceipt['parties'][number] {
  return {
    type,
    name,
    ...(homeUri !== undefined && { homeUri }),
    ...(registryReferences && { registryReferences: [...registryReferences] }),
  };
}

function requestedOf({ durationType, durationPeriod, lookbackPeriod, resources }: ConsentTerms) {
  return {
    durationType,
    ...(durationPeriod !== undefined && { durationPeriod }),
    ...(lookbackPeriod !== undefined && { lookbackPeriod }),
    resources: resources.map(({ resourceType, dataClusters }) => ({ resourceType, dataClusters: [...dataClusters] })),
  };
}

function grantedOf({ source, durationType, durationPeriod, lookbackPeriod, resources }: GrantedConsent) {
  return {
    source,
    durationType,
    ...(durationPeriod !== undefined && { durationPeriod }),
    ...(lookbackPeriod !== undefined && { lookbackPeriod }),
    resources: resources.map(({ resourceType, resourceId, dataClusters }) => ({
      resourceType,
      ...(resourceId !== undefined && { resourceId }),
      dataClusters: [...dataClusters],
    })),
  };
}

function differenceOf({ outcome, clusters, durationPeriod, lookbackPeriod }: GrantDifference) {
  return {
    outcome,
    clusters: clusters.map(({ resourceType, asked, granted, refused, wider }) => ({
      resourceType,
      asked: [...asked],
      granted: [...granted],
      refused: [...refused],
      wider: [...wider],
    })),
    ...(durationPeriod && { durationPeriod: { ...durationPeriod } }),
    ...(lookbackPeriod && { lookbackPeriod: { ...lookbackPeriod } }),
  };
}

function disclosureOf({ digest, agreedAt, shown, agreement }: DisclosureFacts): ConsentReceipt['disclosure'] {
  const at = agreedAt.toISOString();
  return {
    ...(shown && { disclosureId: shown.id }),
    digest,
    ...(shown && {
      language: shown.language,
      ...(shown.template !== null && { template: shown.template }),
      source: shown.source,
    }),
    ...(agreement && {
      agreement: {
        agreementId: agreement.id,
        method: agreement.method,
        ...(agreement.nameDigest !== null && { nameDigest: agreement.nameDigest }),
        agreedAt: at,
      },
    }),
    agreedAt: at,
  };
}

function evidenceOf({ profile, authorization: trip }: ReceiptFacts): ConsentReceipt['evidence'] {
  const { senderThumbprint: thumbprint } = trip;
  const { method } = profile.senderConstraint;
  const isAuthenticated = trip.authenticatedAt !== null || trip.acr !== null;
  return {
    issuer: profile.issuer,
    clientId: profile.clientId,
    request: {
      ...(trip.pushedAt && { pushedAt: trip.pushedAt.toISOString() }),
      ...(trip.requestDigest !== null && { digest: trip.requestDigest }),
    },
    pkce: { codeChallenge: trip.codeChallenge, codeChallengeMethod: 'S256' },
    response: {
      ...(trip.responseIssuer !== null && { iss: trip.responseIssuer }),
      ...(trip.receivedAt && { receivedAt: trip.receivedAt.toISOString() }),
    },
    ...(trip.tokensIssuedAt && { tokensIssuedAt: trip.tokensIssuedAt.toISOString() }),
    ...(isAuthenticated && {
      authentication: {
        ...(trip.authenticatedAt && { time: trip.authenticatedAt.toISOString() }),
        ...(trip.acr !== null && { acr: trip.acr }),
      },
    }),
    senderConstraint: {
      method,
      confirmation: method === 'dpop' ? { jkt: thumbprint } : { 'x5t#S256': thumbprint },
    },
  };
}
