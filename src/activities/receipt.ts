import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { ReceiptId } from '../domain/ids';
import { canonicalJson } from '../evidence/canonical';
import { consentReceiptOf, type DisclosureFacts } from '../evidence/consent-receipt';
import type { ConsentReceipt } from '../evidence/receipt-schema';
import { authorizationRequestFor } from '../fdx/authorization-request';
import { signCompact } from '../fapi/signer';
import type { AuthorizationRow } from '../store/authorizations';
import { readReceiptSources, type ReceiptSources } from '../store/receipts';
import type { ActivityDependencies } from './dependencies';

interface ReceiptContent {
  readonly receiptId: ReceiptId;
  readonly expiresAt: number;
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly supersedes?: ReceiptId;
}

/** Signs what was asked, disclosed and granted as a compact JWS (RFC 7515) over the canonical form of the document (RFC 8785). */
export async function signReceipt(
  { database, receiptSigner, aggregator }: ActivityDependencies,
  row: AuthorizationRow,
  content: ReceiptContent,
): Promise<{ readonly document: ConsentReceipt; readonly signed: string }> {
  const sources = await readReceiptSources(database, row.id);
  const document = consentReceiptOf({
    ...content,
    consentId: row.consent_id,
    authorizationId: row.id,
    issuedAt: new Date(),
    application: { name: row.application_name, ...sources.identity },
    aggregator,
    profile: row.profile,
    personPseudonym: row.person_pseudonym,
    purpose: row.purpose,
    requested: row.terms,
    grantedScopes: scopesOf(row),
    disclosure: disclosureOf(row, sources),
    authorization: {
      pushedAt: row.pushed_at,
      requestDigest: row.request_digest,
      codeChallenge: row.code_challenge,
      responseIssuer: row.response_issuer,
      receivedAt: row.callback_at,
      tokensIssuedAt: row.token_response_at,
      authenticatedAt: row.authenticated_at,
      acr: row.acr,
      senderThumbprint: row.sender_key_thumbprint,
    },
  });
  const bytes = new TextEncoder().encode(canonicalJson(document));
  return { document, signed: await signCompact(receiptSigner(), { typ: 'consent-receipt+jws' }, bytes) };
}

/** RFC 6749 §5.1: a token response without `scope` grants what was asked for. */
function scopesOf({ granted_scope: granted, terms, profile }: AuthorizationRow): readonly string[] {
  return (granted ?? authorizationRequestFor(terms, profile).scope).split(' ').filter((scope) => scope !== '');
}

function disclosureOf(row: AuthorizationRow, { agreed }: ReceiptSources): DisclosureFacts {
  if (!agreed) return { digest: row.disclosure_digest, agreedAt: row.agreed_at };
  const { disclosure, agreement } = agreed;
  return { digest: disclosure.digest, agreedAt: agreement.agreedAt, shown: disclosure, agreement };
}
