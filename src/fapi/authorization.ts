import type { JWK } from 'jose';

/** What tokens are bound to: a key of their own (RFC 9449), or the certificate of the connection (RFC 8705 §3). */
export type SenderBinding =
  | { readonly senderKey: JWK }
  /** `x5t#S256` of the certificate. */
  | { readonly certificateThumbprint: string };

/** All that one authorization must remember until its code is exchanged. Secret: sealed by the vault, never logged. */
export type AuthorizationSecrets = SenderBinding & {
  /** RFC 7636 §4.1: 43–128 characters. */
  readonly codeVerifier: string;
  readonly codeChallenge: string;
  readonly state: string;
  /** At most 64 characters (FAPI 2.0 Security Profile §5.3.3.2). */
  readonly nonce: string;
  /** RFC 7638 thumbprint of the key, or the certificate's. */
  readonly senderKeyThumbprint: string;
};

export interface AuthorizationRequest {
  readonly scope: string;
  /** RFC 9396 §2, as JSON values. */
  readonly authorizationDetails?: readonly unknown[];
}

export interface PushedAuthorization {
  /** Where to send the browser: carries `client_id` and `request_uri` and nothing else (FAPI 2.0 §5.3.3.2). */
  readonly authorizationUrl: string;
  /** Lifetime of the `request_uri`, in seconds (RFC 9126 §2.2). */
  readonly expiresInSeconds: number;
  /** What {@link requestDigestOf} says of the request as it left. */
  readonly requestDigest: string;
}

/** What came back to the redirect URI: parameters already compared with what we sent, or a JARM response still to be verified. */
export type AuthorizationAnswer = { readonly code: string; readonly iss: string } | { readonly response: string };

/** Keeps the token response before anybody judges it: a fault found later must not lose a token. */
export interface TokenCustody {
  /** The stored response of an exchange that already happened; the bank is then not asked again. */
  readonly stored?: string;
  /** When it came, in epoch milliseconds: it is judged by that moment's clock, however late that happens. */
  readonly storedAt?: number;
  store(rawResponse: string): Promise<void>;
}

export type BoundToken = SenderBinding & { readonly accessToken: string };

/** Just the binding of something that has one. */
export function bindingOf(bound: SenderBinding): SenderBinding {
  if ('senderKey' in bound) return { senderKey: bound.senderKey };
  return { certificateThumbprint: bound.certificateThumbprint };
}

export interface ResourceRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
