import type { OutgoingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { isDatabaseAway } from '../store/database';
import { releaseClaim, storeAnswer } from '../store/idempotent-requests';
import { serviceDataKey } from '../store/service-secrets';
import type { ApiDependencies } from './dependencies';

type Parts = Pick<ApiDependencies, 'database' | 'vault' | 'progress' | 'log'>;

/** An answer as it was sent. */
interface KeptAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  /** base64: not every body is text. */
  readonly body: string;
}

/** What of the header belongs to the answer. All else is of the one request that brought it: its id, its limits, its date. */
const KEPT_HEADERS = [
  'content-type',
  'content-disposition',
  'content-language',
  'location',
  'etag',
  'cache-control',
  'vary',
  'preference-applied',
] as const;

/** Who asks may ask with another key, or at another time, and mean the same request. 412: whoever reads and decides again may, too. */
const NOT_FINAL: readonly number[] = [401, 403, 408, 412, 429];

/** The answer's own: an error that says when to try again, or that something is away, is none to keep. */
function isFinal(status: number, headers: OutgoingHttpHeaders): boolean {
  return status < 500 && !NOT_FINAL.includes(status) && headers['retry-after'] === undefined;
}

/**
 * Holds the answer to a claimed request back until it is kept: what the caller has seen, the next one with the key gets too. One
 * that is not final is sent, and the claim left to whoever tries again.
 */
export function keepAnswer(parts: Parts, response: Response, claimId: string): void {
  const send = response.end.bind(response) as (...args: unknown[]) => Response;
  let isHeld = false;
  response.end = ((...args: unknown[]) => {
    // Only the first end counts, as it would without us.
    if (isHeld) return response;
    isHeld = true;
    const { statusCode: status } = response;
    const answer = { status, headers: keptHeadersOf(response), body: bodyIn(args).toString('base64') };
    const settled = isFinal(status, response.getHeaders()) ? keep(parts, claimId, answer) : release(parts, claimId);
    settled
      .catch((error: unknown) => {
        // It was carried out: who asked is told so all the same.
        parts.log.warn(
          {
            requestId: response.locals['requestId'] as string,
            name: error instanceof Error ? error.name : typeof error,
          },
          'an answer was not kept',
        );
        releaseSoon(parts, claimId);
      })
      .finally(() => send(...args));
    return response;
  }) as Response['end'];
}

function bodyIn([chunk, encoding]: readonly unknown[]): Buffer {
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}

function keptHeadersOf(response: Response): OutgoingHttpHeaders {
  const all = response.getHeaders();
  return Object.fromEntries(KEPT_HEADERS.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

const PURPOSE = 'idempotent-answer';

/** Under the service's own key, which costs no question to a key service: the answer may hold links, keys and secrets. */
async function keep({ database, vault }: Parts, claimId: string, answer: KeptAnswer): Promise<void> {
  const key = await serviceDataKey(database, vault);
  await storeAnswer(database, claimId, await key.seal(PURPOSE, claimId, answer));
}

function release({ database, progress }: Parts, claimId: string): Promise<void> {
  return releaseClaim(database, claimId, progress.holder);
}

const TRY_AGAIN_MS = 2_000;
const TRIES = 150;

/** As long as the database is away nobody can claim it either. Should we die meanwhile, our lock tells it. */
function releaseSoon(parts: Parts, claimId: string, triesLeft = TRIES): void {
  setTimeout(() => {
    release(parts, claimId).catch((error: unknown) => {
      if (triesLeft > 0 && isDatabaseAway(error)) releaseSoon(parts, claimId, triesLeft - 1);
    });
  }, TRY_AGAIN_MS).unref();
}

/** Byte for byte as the first time. Written down as an opening, as for every secret. */
export async function answerAsBefore(
  { database, vault }: Parts,
  response: Response,
  { id, sealed }: { readonly id: string; readonly sealed: string },
): Promise<void> {
  const key = await serviceDataKey(database, vault);
  const { status, headers, body } = (await key.open(PURPOSE, id, sealed)) as KeptAnswer;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.status(status).set('Idempotency-Replayed', 'true');
  // Not `send`: it would judge and change what was judged before.
  response.end(Buffer.from(body, 'base64'));
}
