import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CLIENT_SUBJECT, type Certificates } from '../setup/certificates';

/** Where the sandbox bank and the product find each other. */
export interface BankPlace {
  /** The bank's issuer and origin, such as https://localhost:9443. */
  bankUrl: string;
  /** Its door for mutual TLS. */
  bankMtlsUrl: string;
  /** Ours, as the bank and the person's browser see it. */
  publicUrl: string;
  certificates: Certificates;
}

/** One way of being a client of the sandbox bank: as the product writes it down, and as the bank does (RFC 7591 §2). */
interface Relation {
  institution: object;
  client: object;
}

/** The institutions file of the product. */
export function institutionsAt(place: BankPlace): object[] {
  const shared = { issuer: place.bankUrl, caFile: place.certificates.caFile, party: partyAt(place) };
  return relationsAt(place).map(({ institution }) => ({ ...institution, ...shared }));
}

/** A bank is somebody, in a register that anybody can look into. */
function partyAt({ bankUrl: homeUri }: BankPlace): object {
  const registeredEntityName = 'Sandbox Bank, N.A.';
  return {
    homeUri,
    registryReferences: [{ registry: 'FDX', registeredEntityName, registeredEntityId: 'sandbox-bank' }],
  };
}

/** The bank's register of clients. */
export function bankClientsAt(place: BankPlace): object[] {
  const shared = {
    client_name: 'fdx-consent',
    redirect_uris: [`${place.publicUrl}/callback`],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  };
  return relationsAt(place).map(({ client }) => ({ ...shared, ...client }));
}

/** Every way of asking for a consent, so that each is walked: one bank, several names. */
function relationsAt(place: BankPlace): Relation[] {
  return [rich(place), plain(place), signed(place), mutualTls(place), mutualTlsAndDpop(place), jwtAndMutualTls(place)];
}

const DPOP = { method: 'dpop', algorithm: 'ES256' };

/** FDX consents by rich authorization requests, with an ID token. */
function rich({ bankUrl, publicUrl }: BankPlace): Relation {
  return {
    institution: {
      id: 'sandbox-bank',
      name: 'Sandbox Bank',
      clientId: 'fdx-consent-dev',
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'PS256' },
      senderConstraint: DPOP,
      openid: true,
      idTokenSignedResponseAlg: 'PS256',
      request: { form: 'authorization_details' },
      fdx: fdxAt(bankUrl),
    },
    client: { client_id: 'fdx-consent-dev', ...withAssertions(publicUrl, 'PS256') },
  };
}

/** Plain OAuth: scopes, no ID token, and the token response is all that tells of the grant. */
function plain({ bankUrl, publicUrl }: BankPlace): Relation {
  return {
    institution: {
      id: 'sandbox-bank-scopes',
      name: 'Sandbox Bank (scopes)',
      clientId: 'fdx-consent-dev-scopes',
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' },
      senderConstraint: DPOP,
      openid: false,
      request: { form: 'scope' },
      fdx: { baseUrl: `${bankUrl}/fdx/v6`, consents: { source: 'token_response', credential: 'user_token' } },
    },
    client: { client_id: 'fdx-consent-dev-scopes', ...withAssertions(publicUrl, 'ES256') },
  };
}

/** Signed requests and signed answers (FAPI 2.0 Message Signing), and consents read with our own token. */
function signed({ bankUrl, publicUrl }: BankPlace): Relation {
  return {
    institution: {
      id: 'sandbox-bank-signed',
      name: 'Sandbox Bank (signed)',
      clientId: 'fdx-consent-dev-signed',
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'PS256' },
      senderConstraint: DPOP,
      openid: true,
      idTokenSignedResponseAlg: 'PS256',
      responseMode: 'jwt',
      authorizationSignedResponseAlg: 'PS256',
      request: { form: 'authorization_details', signed: true },
      fdx: fdxAt(bankUrl, { credential: 'client_credentials', scope: 'fdx:consents:read fdx:consents:manage' }),
    },
    client: { client_id: 'fdx-consent-dev-signed', ...withAssertions(publicUrl, 'PS256') },
  };
}

/** Our certificate for everything: it authenticates us, and tokens are bound to it (RFC 8705). */
function mutualTls({ bankMtlsUrl, certificates: { client } }: BankPlace): Relation {
  return {
    institution: {
      id: 'sandbox-bank-mtls',
      name: 'Sandbox Bank (mutual TLS)',
      clientId: 'fdx-consent-dev-mtls',
      clientAuthentication: { method: 'tls_client_auth' },
      senderConstraint: { method: 'mtls' },
      clientCertificate: { certificateFile: client.certificateFile, keyFile: client.keyFile },
      openid: true,
      idTokenSignedResponseAlg: 'ES256',
      request: { form: 'authorization_details' },
      fdx: fdxAt(bankMtlsUrl),
    },
    client: {
      client_id: 'fdx-consent-dev-mtls',
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: CLIENT_SUBJECT,
      tls_client_certificate_bound_access_tokens: true,
      id_token_signed_response_alg: 'ES256',
    },
  };
}

/** A self-signed certificate that the bank knows by its key, and tokens bound to DPoP keys. */
function mutualTlsAndDpop({ bankMtlsUrl, certificates: { selfSignedClient } }: BankPlace): Relation {
  const { certificateFile, keyFile } = selfSignedClient;
  return {
    institution: {
      id: 'sandbox-bank-mtls-dpop',
      name: 'Sandbox Bank (mutual TLS, DPoP)',
      clientId: 'fdx-consent-dev-mtls-dpop',
      clientAuthentication: { method: 'self_signed_tls_client_auth' },
      senderConstraint: DPOP,
      clientCertificate: { certificateFile, keyFile },
      openid: false,
      request: { form: 'scope' },
      fdx: { baseUrl: `${bankMtlsUrl}/fdx/v6`, consents: { source: 'token_response', credential: 'user_token' } },
    },
    client: {
      client_id: 'fdx-consent-dev-mtls-dpop',
      token_endpoint_auth_method: 'self_signed_tls_client_auth',
      jwks: { keys: [keyOfCertificate(readFileSync(certificateFile, 'utf8'))] },
    },
  };
}

/** Assertions signed with EdDSA, and tokens bound to our certificate. */
function jwtAndMutualTls({ bankMtlsUrl, publicUrl, certificates: { client } }: BankPlace): Relation {
  return {
    institution: {
      id: 'sandbox-bank-jwt-mtls',
      name: 'Sandbox Bank (assertions, mutual TLS)',
      clientId: 'fdx-consent-dev-jwt-mtls',
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'EdDSA' },
      senderConstraint: { method: 'mtls' },
      clientCertificate: { certificateFile: client.certificateFile, keyFile: client.keyFile },
      openid: true,
      idTokenSignedResponseAlg: 'EdDSA',
      request: { form: 'authorization_details' },
      fdx: fdxAt(bankMtlsUrl),
    },
    client: {
      client_id: 'fdx-consent-dev-jwt-mtls',
      ...withAssertions(publicUrl, 'EdDSA'),
      tls_client_certificate_bound_access_tokens: true,
    },
  };
}

function fdxAt(origin: string, consents: object = { credential: 'user_token' }): object {
  return { baseUrl: `${origin}/fdx/v6`, consents: { source: 'consent_api', ...consents } };
}

function withAssertions(publicUrl: string, algorithm: string): object {
  return {
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: algorithm,
    id_token_signed_response_alg: algorithm,
    authorization_signed_response_alg: algorithm,
  };
}

/** RFC 7517 §4.7: a key with the certificate that holds it. */
export function keyOfCertificate(pem: string): object {
  const certificate = new X509Certificate(pem);
  return {
    ...certificate.publicKey.export({ format: 'jwk' }),
    use: 'sig',
    x5c: [certificate.raw.toString('base64')],
  };
}
