import { decodeJwt } from 'jose';
import type { IDToken, TokenEndpointResponse } from 'openid-client';
import type { SenderBinding } from './authorization';

/** A validated token response, in our words. Secret. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Absent when the server did not say (RFC 6749 §5.1 makes it optional). */
  readonly expiresInSeconds?: number;
  /** Life of the refresh token, where the server says so: no standard names it, and several servers do. */
  readonly grantExpiresInSeconds?: number;
  /** Absent means: as requested (RFC 6749 §5.1). */
  readonly scope?: string;
  /** RFC 9396 §7: what was granted, possibly less than asked. */
  readonly authorizationDetails?: readonly unknown[];
  readonly bankConsentId?: string;
  /** Grant Management (draft) §5.4: comes in the token response only. */
  readonly grantId?: string;
  /** From the ID token: how and when the person was authenticated. */
  readonly authentication?: { readonly authTime?: number; readonly acr?: string };
}

/** Tokens with what they are bound to. */
export type BoundTokens = TokenSet & SenderBinding;

export function tokenSetOf(response: TokenEndpointResponse, idToken: IDToken | undefined): TokenSet {
  const bankConsentId = bankConsentIdOf(response, idToken);
  const authTime = idToken?.auth_time;
  const acr = idToken?.['acr'];
  const details: unknown = response.authorization_details;
  return {
    accessToken: response.access_token,
    ...(response.refresh_token !== undefined && { refreshToken: response.refresh_token }),
    ...(typeof response.expires_in === 'number' && { expiresInSeconds: response.expires_in }),
    ...grantLifeOf(response),
    ...(response.scope !== undefined && { scope: response.scope }),
    ...(Array.isArray(details) && { authorizationDetails: details as unknown[] }),
    ...(bankConsentId !== undefined && { bankConsentId }),
    ...(isId(response['grant_id']) && { grantId: response['grant_id'] }),
    ...(idToken && {
      authentication: {
        ...(typeof authTime === 'number' && { authTime }),
        ...(typeof acr === 'string' && { acr }),
      },
    }),
  };
}

/**
 * The bank's id of the consent. Providers put it in different places; looked for in the order of how firmly the
 * specifications promise it: Grant Management's `grant_id`, then FDX's claim beside, then inside the tokens.
 */
function bankConsentIdOf(response: TokenEndpointResponse, idToken: IDToken | undefined): string | undefined {
  const places: unknown[] = [
    response['grant_id'],
    response['fdxConsentId'],
    claimsOf(response.access_token)?.['fdxConsentId'],
    idToken?.['fdxConsentId'],
  ];
  return places.find(isId);
}

/** An id is opaque, but not endless. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 256;
}

/** The access token is the bank's business; when it happens to be a JWT we only read the consent id, and trust it no further. */
function claimsOf(accessToken: string): Record<string, unknown> | undefined {
  try {
    return decodeJwt(accessToken);
  } catch {
    return undefined;
  }
}

/** Members under which servers tell how long the refresh token lives. Zero is their way of saying: without an end. */
const GRANT_LIFE_MEMBERS = ['refresh_token_expires_in', 'refresh_expires_in'] as const;

function grantLifeOf(response: TokenEndpointResponse): Pick<TokenSet, 'grantExpiresInSeconds'> {
  const told = GRANT_LIFE_MEMBERS.map((name) => response[name]).find((value) => typeof value === 'number' && value > 0);
  return typeof told === 'number' ? { grantExpiresInSeconds: told } : {};
}
