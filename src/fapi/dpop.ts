import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as client from 'openid-client';
import type { SignatureAlgorithm } from '../domain/institution';
import { publicMembersOf } from './public-key';
import { importSenderKey } from './sender-keys';
import type { Transport } from './transport';

/** The key a grant's tokens are bound to (RFC 9449). A new one for each authorization; kept as long as the tokens. */
export interface SenderKey {
  readonly privateJwk: JWK;
  /** RFC 7638 thumbprint: safe to record as evidence. */
  readonly thumbprint: string;
}

export async function generateSenderKey(algorithm: SignatureAlgorithm): Promise<SenderKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const privateJwk = { ...(await exportJWK(privateKey)), alg: algorithm };
  return { privateJwk, thumbprint: await calculateJwkThumbprint(publicMembersOf(privateJwk)) };
}

/** A handle that makes a fresh proof for every request, starting from the nonce this server gave us last. */
export async function dpopHandle(
  configuration: client.Configuration,
  key: JWK,
  transport: Transport,
): Promise<client.DPoPHandle> {
  const algorithm = key.alg ?? 'ES256';
  return client.getDPoPHandle(configuration, await importSenderKey(key), {
    [client.modifyAssertion]: (header, payload) => {
      // The library writes Ed25519 (RFC 9864); FAPI 2.0 servers know this signature as EdDSA.
      header['alg'] = algorithm;
      // A handle lives for one step, the server's nonce for longer: without this each step would be refused once.
      const target = payload['htu'];
      if (typeof target !== 'string' || payload['nonce'] !== undefined) return;
      const nonce = transport.nonces.get(new URL(target).origin);
      if (nonce !== undefined) payload['nonce'] = nonce;
    },
  });
}
