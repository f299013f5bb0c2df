import { constants, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SignatureAlgorithm } from '../domain/institution';
import { generateSigningKey } from '../fapi/client-keys';
import type { Log } from '../log';
import { framesOf } from '../stack-frames';
import type { HeldKey, KeyFile } from './key-file';
import { creationSchema, MAX_BODY_BYTES, signatureRequestSchema, type RefusalCode } from './protocol';

/** Makes keys and signs with them. There is no request that a private key would answer. */
export function createKeyServer(keyFile: KeyFile, log: Log): Server {
  const held = new Map(keyFile.keys.map((key) => [key.keyReference, handleOf(key)]));

  async function createKey(body: unknown): Promise<Answer> {
    const wish = creationSchema.safeParse(body);
    if (!wish.success) return refusal(400, 'request_invalid');
    const { algorithm } = wish.data;
    const { publicJwk, privateJwk } = await generateSigningKey(algorithm);
    const key = { keyReference: `key_${randomUUID()}`, algorithm, privateJwk };
    await keyFile.add(key);
    held.set(key.keyReference, handleOf(key));
    log.info({ keyReference: key.keyReference, algorithm }, 'made a key');
    return { status: 201, json: { keyReference: key.keyReference, publicJwk } };
  }

  function signMessage(body: unknown): Answer {
    const wish = signatureRequestSchema.safeParse(body);
    if (!wish.success) return refusal(400, 'request_invalid');
    const { keyReference, algorithm, message } = wish.data;
    const key = held.get(keyReference);
    // A key signs with one algorithm only (RFC 7517 §4.4).
    if (key?.algorithm !== algorithm) return refusal(404, 'key_unknown');
    const signature = signatureOver(Buffer.from(message, 'base64'), algorithm, key.handle);
    return { status: 200, json: { signature: signature.toString('base64') } };
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const route = `${request.method ?? ''} ${request.url ?? ''}`;
    if (route === 'GET /healthz') return { status: 200, json: { status: 'ready' } };
    if (route === 'POST /keys') return createKey(await bodyOf(request));
    if (route === 'POST /sign') return signMessage(await bodyOf(request));
    return refusal(404, 'route_not_found');
  }

  return createServer((request, response) => {
    answer(request).then(
      (given) => {
        send(response, given);
      },
      (error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log.error({ name, frames: framesOf(error) }, 'a request broke');
        send(response, { status: 500, json: {} });
      },
    );
  });
}

interface Answer {
  readonly status: number;
  readonly json: object;
}

function refusal(status: number, code: RefusalCode): Answer {
  return { status, json: { code } };
}

function send(response: ServerResponse, { status, json }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

/** The parsed body; something that no schema accepts when it is too long or no JSON. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function handleOf({ algorithm, privateJwk }: HeldKey): {
  readonly algorithm: SignatureAlgorithm;
  readonly handle: KeyObject;
} {
  return { algorithm, handle: createPrivateKey({ key: privateJwk, format: 'jwk' }) };
}

/** RFC 7518 §3.4–3.5 and RFC 8037 §3.1; ECDSA in DER, as key services of clouds give it. */
function signatureOver(message: Buffer, algorithm: SignatureAlgorithm, key: KeyObject): Buffer {
  switch (algorithm) {
    case 'PS256':
      return sign('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    case 'ES256':
      return sign('sha256', message, { key, dsaEncoding: 'der' });
    case 'EdDSA':
      return sign(null, message, key);
  }
}
