import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';
import type { ConsentTerms } from '../domain/terms';
import type { AccountEvidence } from '../domain/account-changes';
import { REVOCATION_REASONS, type Revocation, type RevocationReason } from '../domain/ending';
import { readAccountList } from './account-list';
import { readConsentGrant, type ReadGrant } from './consent-grant';
import { readRefusal } from './refusal';

/** Sends a request with a token already attached. Supplied by whoever holds the token. */
export type AuthorizedFetch = (
  url: URL,
  request: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
) => Promise<Response>;

/** Whether the person is there: banks account for the two differently. */
export type ActorType = 'USER' | 'BATCH';

/**
 * `GET /consents/{consentId}`: what the bank holds as granted.
 *
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited, fdx_request_rejected, fdx_response_invalid
 */
export async function getConsent(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  consentId: string,
  asked: ConsentTerms,
): Promise<ReadGrant> {
  const document = await getJson(profile, fetch, consentUrl(profile, consentId), 'USER');
  const grant = readConsentGrant(document, 'consent_api', asked);
  if (!grant) throw new ConsentFailure('fdx_response_invalid', 'GET /consents/{consentId} is not a ConsentGrant.');
  return grant;
}

/** What the bank says of a consent, when it says anything. */
export type ConsentLookup =
  | ({ readonly kind: 'found' } & ReadGrant)
  /** The bank does not know it, or no longer. */
  | { readonly kind: 'unknown' }
  /** The bank does not let us see it with this credential. */
  | { readonly kind: 'refused'; readonly failure: ConsentFailure };

/**
 * `GET /consents/{consentId}` of a consent that may be over: a no is an answer too.
 *
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited, fdx_request_rejected, fdx_response_invalid
 */
export async function lookUpConsent(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  consentId: string,
  asked: ConsentTerms,
): Promise<ConsentLookup> {
  const url = consentUrl(profile, consentId);
  const response = await fetch(url, { method: 'GET', headers: headersFor(profile, 'BATCH') });
  if (response.status === 404 || response.status === 410) return { kind: 'unknown' };
  if (response.status === 401 || response.status === 403) {
    return { kind: 'refused', failure: await failureOfResponse(response) };
  }
  if (!response.ok) throw await failureOfResponse(response);
  const grant = readConsentGrant(await jsonOf(response), 'consent_api', asked);
  if (!grant) throw new ConsentFailure('fdx_response_invalid', 'GET /consents/{consentId} is not a ConsentGrant.');
  return { kind: 'found', ...grant };
}

/**
 * `PUT /consents/{consentId}/revocation`. A bank that says that there is nothing left to revoke has it revoked already.
 *
 * @returns undefined when the bank refused for a reason of its own: how the consent stands is then to be looked up
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited; fdx_request_rejected for 401 and 403
 * @see FDX API 6.x, Consent: revocation
 */
export async function revokeConsent(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  consentId: string,
  { reason, initiator }: Revocation,
): Promise<'done' | 'already_ended' | undefined> {
  const response = await fetch(consentUrl(profile, consentId, 'revocation'), {
    method: 'PUT',
    headers: { ...headersFor(profile, 'BATCH'), 'content-type': 'application/json' },
    body: JSON.stringify({ reason, initiator }),
  });
  if (response.ok) return 'done';
  if ([404, 409, 410].includes(response.status)) return 'already_ended';
  const failure = await failureOfResponse(response);
  const isRefusal = failure.code === 'fdx_request_rejected' && ![401, 403].includes(response.status);
  if (isRefusal) return undefined;
  throw failure;
}

const revocationsSchema = z.looseObject({
  revocations: z.array(z.looseObject({ reason: z.string().optional().catch(undefined) })).min(1),
});

/** `GET /consents/{consentId}/revocation`: why it was revoked; undefined when the bank does not say. */
export async function getRevocationReason(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  consentId: string,
): Promise<RevocationReason | undefined> {
  const document = await getJson(profile, fetch, consentUrl(profile, consentId, 'revocation'), 'BATCH');
  const reason = revocationsSchema.safeParse(document).data?.revocations.at(-1)?.reason;
  return REVOCATION_REASONS.find((known) => known === reason);
}

function consentUrl(profile: InstitutionProfile, consentId: string, ...more: string[]): URL {
  return resourceUrl(profile.fdx.consents.baseUrl ?? profile.fdx.baseUrl, 'consents', consentId, ...more);
}

/**
 * `GET /accounts`, one page: shows that the grant opens data.
 *
 * @returns what tells the accounts of the page apart; undefined when the answer is a success in another shape than FDX's
 */
export async function readAccounts(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
): Promise<{ readonly count: number; readonly evidence: readonly AccountEvidence[] } | undefined> {
  const url = resourceUrl(profile.fdx.baseUrl, 'accounts');
  if (profile.fdx.resultType !== undefined) url.searchParams.set('resultType', profile.fdx.resultType);
  return readAccountList(await getJson(profile, fetch, url, 'USER'));
}

export async function getJson(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  url: URL,
  actor: ActorType,
): Promise<unknown> {
  const response = await fetch(url, { method: 'GET', headers: headersFor(profile, actor) });
  if (!response.ok) throw await failureOfResponse(response);
  return jsonOf(response);
}

async function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => {
    throw new ConsentFailure('fdx_response_invalid', `${response.status} without JSON.`);
  });
}

/** @see FDX API 6.x headers; FAPI: x-fapi-interaction-id is a UUID on every request */
export function headersFor(profile: InstitutionProfile, actor: ActorType): Record<string, string> {
  return {
    accept: 'application/json',
    'x-fapi-interaction-id': randomUUID(),
    'FDX-API-Actor-Type': actor,
    ...(profile.fdx.dataProviderId !== undefined && { 'FDX-API-Data-Provider-Id': profile.fdx.dataProviderId }),
  };
}

/** Path segments are encoded: a bank's id is opaque and may hold anything. */
export function resourceUrl(base: string, ...segments: string[]): URL {
  return new URL(`${base.replace(/\/$/, '')}/${segments.map(encodeURIComponent).join('/')}`);
}

export async function failureOfResponse(response: Response): Promise<ConsentFailure> {
  const { status, detail, retryAfterSeconds } = await readRefusal(response);
  if (status === 429) return new ConsentFailure('fdx_rate_limited', detail, retryAfterSeconds);
  if (status >= 500) return new ConsentFailure('fdx_unreachable', detail, retryAfterSeconds);
  return new ConsentFailure('fdx_request_rejected', detail);
}
