import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { ReceiptId } from '../domain/ids';
import { signCompact } from '../fapi/signer';
import type { AuthorizationRow } from '../store/authorizations';
import type { ActivityDependencies } from './dependencies';

/** What a receipt says, in the order a person would ask. Instants are RFC 3339 in UTC. */
export interface ConsentReceipt {
  readonly receiptId: ReceiptId;
  readonly receiptVersion: 1;
  /** The receipt before, of a consent that was renewed or changed. */
  readonly supersedes?: ReceiptId;
  readonly consentId: string;
  /** The bank's own id of the consent: what a revocation there names. */
  readonly bankConsentId?: string;
  readonly issuedAt: string;
  readonly parties: readonly { readonly type: string; readonly name: string; readonly homeUri?: string }[];
  /** A keyed hash of the application's name for the person. */
  readonly personPseudonym: string;
  readonly purpose: string;
  readonly requested: object;
  readonly granted: object;
  readonly difference: GrantDifference;
  readonly grantedScopes?: readonly string[];
  readonly expirationDate: string;
  readonly evidence: {
    readonly issuer: string;
    readonly clientId: string;
    readonly agreedAt: string;
    readonly disclosureDigest: string;
    readonly pushedAt?: string;
    readonly grantedAt?: string;
    readonly codeChallenge: string;
    readonly senderKeyThumbprint: string;
  };
}

interface ReceiptContent {
  readonly receiptId: ReceiptId;
  readonly expiresAt: number;
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly supersedes?: ReceiptId;
}

/** Signs what was asked, disclosed and granted as a compact JWS (RFC 7515). */
export async function signReceipt(
  { receiptSigner, aggregator }: ActivityDependencies,
  row: AuthorizationRow,
  content: ReceiptContent,
): Promise<{ readonly document: ConsentReceipt; readonly signed: string }> {
  const { granted } = content;
  const document: ConsentReceipt = {
    receiptId: content.receiptId,
    receiptVersion: 1,
    ...(content.supersedes !== undefined && { supersedes: content.supersedes }),
    consentId: row.consent_id,
    ...(granted.bankConsentId !== undefined && { bankConsentId: granted.bankConsentId }),
    issuedAt: new Date().toISOString(),
    parties: [
      { type: 'DATA_RECIPIENT', name: row.application_name },
      { type: 'DATA_ACCESS_PLATFORM', ...aggregator },
      { type: 'DATA_PROVIDER', name: row.profile.name },
    ],
    personPseudonym: row.person_pseudonym,
    purpose: row.purpose,
    requested: row.terms,
    granted: {
      source: granted.source,
      durationType: granted.durationType,
      ...(granted.durationPeriod !== undefined && { durationPeriod: granted.durationPeriod }),
      ...(granted.lookbackPeriod !== undefined && { lookbackPeriod: granted.lookbackPeriod }),
      resources: granted.resources,
    },
    difference: content.difference,
    ...(row.granted_scope !== null && { grantedScopes: row.granted_scope.split(' ') }),
    expirationDate: new Date(content.expiresAt).toISOString(),
    evidence: {
      issuer: row.profile.issuer,
      clientId: row.profile.clientId,
      agreedAt: row.agreed_at.toISOString(),
      disclosureDigest: row.disclosure_digest,
      ...(row.pushed_at && { pushedAt: row.pushed_at.toISOString() }),
      ...(row.token_response_at && { grantedAt: row.token_response_at.toISOString() }),
      codeChallenge: row.code_challenge,
      senderKeyThumbprint: row.sender_key_thumbprint,
    },
  };
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return { document, signed: await signCompact(receiptSigner(), { typ: 'consent-receipt+jws' }, bytes) };
}
