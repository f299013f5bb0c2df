import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { ConsentFailure } from '../domain/failures';
import { createdSchema, refusalSchema, signatureSchema } from '../key-service/protocol';
import { joseSignatureOf } from './ecdsa-der';
import type { KeyService, KeyServices, SignRequest } from './key-service';

/** What `fdx-consent keys rotate --provider` calls it, and the `provider` column of its keys. */
export const SOCKET_PROVIDER = 'socket';

/** A signature takes a few milliseconds. A person waits, and three tries of a step must fit into its 15 s. */
const TIMEOUT_MS = 2_000;
/** An operator waits, and finding the primes of an RSA key takes seconds on a busy machine. */
const CREATE_TIMEOUT_MS = 30_000;
/** Long enough for a service that is being restarted to listen again, most of the time. */
const RETRY_AFTER_MS = 200;

/** The key services that are configured. */
export function keyServicesAt(socket: string | undefined): KeyServices {
  return new Map(socket === undefined ? [] : [[SOCKET_PROVIDER, createSocketKeyService(socket)]]);
}

/** Our own key service (`src/key-service`), a process of its own behind a Unix domain socket. */
export function createSocketKeyService(socketPath: string, timeoutMs = TIMEOUT_MS): KeyService {
  const dispatcher = new Agent({
    connect: { socketPath, timeout: timeoutMs },
    // The service closes idle connections after 5 s (Node's default); we let go first, or a request would meet a closing socket.
    keepAliveTimeout: 2_000,
  });

  /** One question and its answer. */
  async function ask(path: string, body: object, withinMs = timeoutMs): Promise<unknown> {
    try {
      const { statusCode, body: answer } = await request(`http://key-service${path}`, {
        dispatcher,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(withinMs),
      });
      const json: unknown = await answer.json();
      if (statusCode < 300) return json;
      const refusal = refusalSchema.safeParse(json);
      throw refusal.success ? new Refused(refusal.data.code) : new Lost(`HTTP ${statusCode}`);
    } catch (error) {
      if (error instanceof Refused || error instanceof Lost) throw error;
      throw new Lost(reasonOf(error));
    }
  }

  async function sign({ keyReference, algorithm, message }: SignRequest): Promise<Uint8Array> {
    const question = { keyReference, algorithm, message: Buffer.from(message).toString('base64') };
    // Signing again does no harm: nobody has seen the first signature, and a second one is as good.
    const answer = await ask('/sign', question).catch(async (error: unknown) => {
      if (!(error instanceof Lost)) throw error;
      await delay(RETRY_AFTER_MS);
      return ask('/sign', question);
    });
    const signature = Buffer.from(signatureSchema.parse(answer).signature, 'base64');
    return algorithm === 'ES256' ? joseSignatureOf(signature) : new Uint8Array(signature);
  }

  return {
    // Asked once: a lost answer leaves a key that nobody uses, a second question would make another.
    createKey: (algorithm) =>
      ask('/keys', { algorithm }, CREATE_TIMEOUT_MS)
        .then((answer) => createdSchema.parse(answer))
        .catch(translate),
    sign: (question) => sign(question).catch(translate),
  };
}

/** The service said no: asking again does not help. */
class Refused extends Error {}
/** No answer, or none that can be read. */
class Lost extends Error {}

function translate(error: unknown): never {
  if (error instanceof Refused) {
    throw new ConsentFailure('signing_unavailable', `The key service refused: ${error.message}.`);
  }
  if (error instanceof Lost) {
    throw new ConsentFailure('signing_unavailable', `The key service did not answer: ${error.message}.`);
  }
  throw new ConsentFailure('signing_unavailable', 'The key service answered with something we cannot read.');
}

/** A word without content: messages of errors may quote what was sent. */
function reasonOf(error: unknown): string {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  if (name === 'TimeoutError') return 'timeout';
  return typeof code === 'string' ? code : 'unreadable';
}
