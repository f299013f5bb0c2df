import { randomUUID } from 'node:crypto';
import { importJWK, type CryptoKey } from 'jose';
import * as client from 'openid-client';
import { Agent, fetch as undiciFetch } from 'undici';
import { publicMembersOf } from '../../../src/fapi/public-key';
import type { CallOrder, DataTarget } from './messages';

/** Calls the bank as an application would that keeps its tokens in memory: open connections, nonces in mind, keys imported once. */
export async function connectDirectly(order: CallOrder): Promise<(target: DataTarget) => Promise<void>> {
  const nonces = new Map<string, string>();
  const dispatcher = new Agent({ connections: order.concurrency, connect: { ca: order.caPem } });
  // Node's own types know neither undici's fetch nor its dispatcher as theirs.
  const send = undiciFetch as unknown as (url: string, init: object) => Promise<Response>;
  const configuration = await client.discovery(new URL(order.issuer), order.clientId, undefined, client.None(), {
    [client.customFetch]: async (url, init) => {
      const response = await send(url, { ...init, dispatcher });
      const nonce = response.headers.get('dpop-nonce');
      if (nonce !== null) nonces.set(new URL(url).origin, nonce);
      return response;
    },
  });
  const handles = new Map<string, client.DPoPHandle>();
  for (const { consentId, senderKey } of order.targets) {
    const keyPair = {
      privateKey: (await importJWK(senderKey, 'ES256')) as CryptoKey,
      publicKey: (await importJWK(publicMembersOf(senderKey), 'ES256', { extractable: true })) as CryptoKey,
    };
    handles.set(consentId, client.getDPoPHandle(configuration, keyPair, withKnownNonce(nonces)));
  }
  return async ({ consentId, path, accessToken }) => {
    const DPoP = handles.get(consentId);
    if (!DPoP) throw new Error('nobody is known by this consent');
    const url = new URL(`${order.fdxBaseUrl}${path}`);
    const headers = new Headers({ 'x-fapi-interaction-id': randomUUID(), 'FDX-API-Actor-Type': 'BATCH' });
    const response = await client.fetchProtectedResource(configuration, accessToken, url, 'GET', null, headers, {
      DPoP,
    });
    if (response.status !== 200) throw new Error(`the bank answered ${response.status}`);
    await response.json();
  };
}

/** Without it the first proof for every server would be refused once. */
function withKnownNonce(nonces: Map<string, string>): client.ModifyAssertionOptions {
  return {
    [client.modifyAssertion]: (_header, payload) => {
      const target = payload['htu'];
      if (typeof target !== 'string' || payload['nonce'] !== undefined) return;
      const nonce = nonces.get(new URL(target).origin);
      if (nonce !== undefined) payload['nonce'] = nonce;
    },
  };
}
