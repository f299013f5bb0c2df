/** The sandbox bank as the product sees it, three times, so that each way of asking for a consent is walked. */
export interface BankPlace {
  /** The bank's issuer and origin, such as https://localhost:9443. */
  bankUrl: string;
  /** Ours, as the bank and the person's browser see it. */
  publicUrl: string;
  caFile: string;
}

const RICH = { institutionId: 'sandbox-bank', clientId: 'fdx-consent-dev', algorithm: 'PS256' } as const;
const PLAIN = { institutionId: 'sandbox-bank-scopes', clientId: 'fdx-consent-dev-scopes', algorithm: 'ES256' } as const;
/** Signed requests and signed answers (FAPI 2.0 Message Signing), and consents read with our own token. */
const SIGNED = {
  institutionId: 'sandbox-bank-signed',
  clientId: 'fdx-consent-dev-signed',
  algorithm: 'PS256',
} as const;

/** The institutions file of the product. */
export function institutionsAt({ bankUrl, caFile }: BankPlace): object[] {
  const shared = { issuer: bankUrl, senderConstraint: { method: 'dpop', algorithm: 'ES256' }, caFile };
  const baseUrl = `${bankUrl}/fdx/v6`;
  return [
    {
      id: RICH.institutionId,
      name: 'Sandbox Bank',
      clientId: RICH.clientId,
      clientAuthentication: { method: 'private_key_jwt', algorithm: RICH.algorithm },
      openid: true,
      idTokenSignedResponseAlg: RICH.algorithm,
      request: { form: 'authorization_details' },
      fdx: { baseUrl, consents: { source: 'consent_api', credential: 'user_token' } },
      ...shared,
    },
    {
      id: PLAIN.institutionId,
      name: 'Sandbox Bank (scopes)',
      clientId: PLAIN.clientId,
      clientAuthentication: { method: 'private_key_jwt', algorithm: PLAIN.algorithm },
      openid: false,
      idTokenSignedResponseAlg: PLAIN.algorithm,
      request: { form: 'scope' },
      fdx: { baseUrl, consents: { source: 'token_response', credential: 'user_token' } },
      ...shared,
    },
    {
      id: SIGNED.institutionId,
      name: 'Sandbox Bank (signed)',
      clientId: SIGNED.clientId,
      clientAuthentication: { method: 'private_key_jwt', algorithm: SIGNED.algorithm },
      openid: true,
      idTokenSignedResponseAlg: SIGNED.algorithm,
      responseMode: 'jwt',
      authorizationSignedResponseAlg: SIGNED.algorithm,
      request: { form: 'authorization_details', signed: true },
      fdx: {
        baseUrl,
        consents: { source: 'consent_api', credential: 'client_credentials', scope: 'fdx:consents:read' },
      },
      ...shared,
    },
  ];
}

/** The same relations from the bank's side: its register of clients (RFC 7591 §2). */
export function bankClientsAt({ publicUrl }: BankPlace): object[] {
  return [RICH, PLAIN, SIGNED].map(({ clientId, algorithm }) => ({
    client_id: clientId,
    client_name: 'fdx-consent',
    redirect_uris: [`${publicUrl}/callback`],
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: algorithm,
    id_token_signed_response_alg: algorithm,
    authorization_signed_response_alg: algorithm,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  }));
}
