import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';
import type { ConsentTerms } from '../domain/terms';
import { readConsentGrant, type ReadGrant } from './consent-grant';

/** Sends a request with a token already attached. Supplied by whoever holds the token. */
export type AuthorizedFetch = (
  url: URL,
  request: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
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
  const base = profile.fdx.consents.baseUrl ?? profile.fdx.baseUrl;
  const document = await getJson(profile, fetch, resourceUrl(base, 'consents', consentId), 'USER');
  const grant = readConsentGrant(document, 'consent_api', asked);
  if (!grant) throw new ConsentFailure('fdx_response_invalid', 'GET /consents/{consentId} is not a ConsentGrant.');
  return grant;
}

/**
 * `GET /accounts`, one page: shows that the grant opens data. Nothing of it is kept.
 *
 * @returns how many accounts the page names; undefined when the answer is a success in another shape than FDX's
 */
export async function countAccounts(profile: InstitutionProfile, fetch: AuthorizedFetch): Promise<number | undefined> {
  const url = resourceUrl(profile.fdx.baseUrl, 'accounts');
  if (profile.fdx.resultType !== undefined) url.searchParams.set('resultType', profile.fdx.resultType);
  const document = await getJson(profile, fetch, url, 'USER');
  const parsed = z.looseObject({ accounts: z.array(z.unknown()) }).safeParse(document);
  return parsed.success ? parsed.data.accounts.length : undefined;
}

async function getJson(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  url: URL,
  actor: ActorType,
): Promise<unknown> {
  const response = await fetch(url, { method: 'GET', headers: headersFor(profile, actor) });
  if (!response.ok) throw await failureOfResponse(response);
  return response.json().catch(() => {
    throw new ConsentFailure('fdx_response_invalid', `${response.status} without JSON.`);
  });
}

/** @see FDX API 6.x headers; FAPI: x-fapi-interaction-id is a UUID on every request */
function headersFor(profile: InstitutionProfile, actor: ActorType): Record<string, string> {
  return {
    accept: 'application/json',
    'x-fapi-interaction-id': randomUUID(),
    'FDX-API-Actor-Type': actor,
    ...(profile.fdx.dataProviderId !== undefined && { 'FDX-API-Data-Provider-Id': profile.fdx.dataProviderId }),
  };
}

/** Path segments are encoded: a bank's id is opaque and may hold anything. */
function resourceUrl(base: string, ...segments: string[]): URL {
  return new URL(`${base.replace(/\/$/, '')}/${segments.map(encodeURIComponent).join('/')}`);
}

const fdxErrorSchema = z.looseObject({ code: z.union([z.string().max(20), z.number()]) });

async function failureOfResponse(response: Response): Promise<ConsentFailure> {
  const parsed = fdxErrorSchema.safeParse(await response.json().catch(() => undefined));
  // `message` is for people and `debugMessage` for the bank's engineers; neither belongs in our logs.
  const code = parsed.success && /^[\w.-]+$/.test(String(parsed.data.code)) ? `, FDX code ${parsed.data.code}` : '';
  const detail = `HTTP ${response.status}${code}.`;
  if (response.status === 429) return new ConsentFailure('fdx_rate_limited', detail, retryAfterSeconds(response));
  if (response.status >= 500) return new ConsentFailure('fdx_unreachable', detail, retryAfterSeconds(response));
  return new ConsentFailure('fdx_request_rejected', detail);
}

/** RFC 9110 §10.2.3, the seconds form; bounded to an hour. */
function retryAfterSeconds(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  return header !== null && /^\d{1,6}$/.test(header) ? Math.min(Number(header), 3_600) : undefined;
}
