import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { wrappedKeysOf, type WrappedKeys } from '../store/data-keys';
import { isDatabaseAway } from '../store/database';
import {
  forgetAnswer,
  releaseClaim,
  standingOfClaim,
  storeAnswer,
  type AnsweredClaim,
  type OwnClaim,
  type SealedAnswer,
} from '../store/idempotent-requests';
import { openJointly, sealJointly } from '../store/joint-seal';
import { serviceDataKey } from '../store/service-secrets';
import type { DataKey, Vault } from '../store/vault';
import type { ApiDependencies } from './dependencies';
import { sendFailure } from './problem';

type Parts = Pick<ApiDependencies, 'database' | 'vault' | 'progress' | 'log'>;

/** An answer as it was sent. */
export interface KeptAnswer {
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
  'x-fapi-interaction-id',
] as const;

/** Who asks may ask with another key, or at another time, and mean the same request. 412: whoever reads and decides again may, too. */
const NOT_FINAL: readonly number[] = [401, 403, 408, 412, 429];

/** The answer's own: an error that says when to try again, or that something is away, is none to keep. */
function isFinal(status: number, headers: OutgoingHttpHeaders): boolean {
  return status < 500 && !NOT_FINAL.includes(status) && headers['retry-after'] === undefined;
}

/** What an answer holds of consents. */
interface Holdings {
  readonly keys: WrappedKeys;
  readonly expiresAt?: Date | undefined;
}

/**
 * Says that the answer holds what is sealed under the data keys of these consents. A copy that is kept is sealed under all of them,
 * and so is gone with the first that is purged.
 *
 * @param consents as their rows are; of one that is purged nothing is left to be in an answer
 * @param expiresAt until when it is good for anything: for longer no copy is kept. One that ends is a secret, of which each opening
 *   is written down; without an end it is what the application reads with every GET
 */
export function keepUnder(
  response: Response,
  consents: readonly { readonly id: ConsentId; readonly wrapped_jwe: string | null }[],
  expiresAt?: Date,
): void {
  const keys = consents.flatMap(({ id, wrapped_jwe: key }) => (key === null ? [] : [[id, key] as const]));
  response.locals['holdings'] = { keys: new Map(keys), expiresAt } satisfies Holdings;
}

/**
 * Holds the answer to a claimed request back until it is kept: what the caller has seen, the next one with the key gets too. One
 * that is not final is sent, and the claim left to whoever tries again. Whose claim was taken over meanwhile, because it seemed dead,
 * has no answer of its own to give: it gives that of who took over, or says that the request is under way.
 */
export function keepAnswer(parts: Parts, request: Request, response: Response, claim: OwnClaim): void {
  const end = response.end.bind(response) as (...args: unknown[]) => Response;
  let isHeld = false;
  response.end = ((...args: unknown[]) => {
    // Only the first end counts, as it would without us.
    if (isHeld) return response;
    isHeld = true;
    const { statusCode: status } = response;
    const answer = { status, headers: keptHeadersOf(response), body: bodyIn(args).toString('base64') };
    const settled = isFinal(status, response.getHeaders())
      ? keep(parts, claim, answer, response.locals['holdings'] as Holdings | undefined)
      : releaseClaim(parts.database, claim);
    settled
      .then((isOurs) => (isOurs ? 'ours' : answerOfOther(parts, claim.id)))
      .catch((error: unknown) => {
        // It was carried out: who asked is told so all the same.
        const name = error instanceof Error ? error.name : typeof error;
        parts.log.warn({ requestId: response.locals['requestId'] as string, name }, 'an answer was not kept');
        releaseSoon(parts, claim);
        return 'ours' as const;
      })
      .then((outcome) => {
        response.end = end as Response['end'];
        if (outcome === 'ours') return void end(...args);
        for (const name of [...KEPT_HEADERS, 'content-length', 'retry-after']) response.removeHeader(name);
        if (outcome === 'under_way') sendFailure(request, response, new ConsentFailure('idempotency_in_progress'));
        else sendAsBefore(response, outcome);
      })
      .catch(() => response.destroy());
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

/** @returns whether it is kept; no when somebody else has taken the claim over */
async function keep(
  { database, vault }: Parts,
  claim: OwnClaim,
  answer: KeptAnswer,
  holdings: Holdings | undefined,
): Promise<boolean> {
  const { keys, expiresAt } = holdings ?? {};
  const sealed: SealedAnswer = keys?.size
    ? await sealJointly(await dataKeysOf(vault, keys), purposeOf({ expiresAt }), claim.id, answer)
    : // The service's own key costs no question to a key service.
      { sealed: await (await serviceDataKey(database, vault)).seal('idempotent-answer', claim.id, answer) };
  const kept = { ...sealed, expiresAt };
  const isKept = await storeAnswer(database, claim, kept);
  if (isKept && expiresAt) forgetAt(database, { kind: 'answered', id: claim.id, answer: kept }, expiresAt);
  return isKept;
}

/** Of what is sealed under the keys of consents. */
function purposeOf({ expiresAt }: Pick<SealedAnswer, 'expiresAt'>) {
  return expiresAt ? 'idempotent-answer' : 'idempotent-view';
}

/** Housekeeping forgets what is left when this process does not live until then. */
function forgetAt(database: Parts['database'], claim: AnsweredClaim, expiresAt: Date): void {
  const forget = (): void => void forgetAnswer(database, claim).catch(() => undefined);
  setTimeout(forget, Math.max(0, expiresAt.getTime() - Date.now())).unref();
}

async function dataKeysOf(vault: Vault, keys: WrappedKeys): Promise<ReadonlyMap<ConsentId, DataKey>> {
  const opened = [...keys].map(async ([id, wrapped]) => [id, await vault.openDataKey(id, wrapped)] as const);
  return new Map(await Promise.all(opened));
}

const TRY_AGAIN_MS = 2_000;
const TRIES = 150;

/** As long as the database is away nobody can claim it either. Should we die meanwhile, our lock tells it. */
function releaseSoon(parts: Parts, claim: OwnClaim, triesLeft = TRIES): void {
  setTimeout(() => {
    releaseClaim(parts.database, claim).catch((error: unknown) => {
      if (triesLeft > 0 && isDatabaseAway(error)) releaseSoon(parts, claim, triesLeft - 1);
    });
  }, TRY_AGAIN_MS).unref();
}

/** Whoever took over began later than we did, and has less to do: what we made is there. */
const WAIT_FOR_OTHER_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;

/** What somebody else answers who has taken a claim over. */
async function answerOfOther(parts: Parts, id: string): Promise<KeptAnswer | 'ours' | 'under_way'> {
  const giveUpAt = Date.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const standing = await standingOfClaim(parts.database, id);
    // Nobody is to be given another answer than ours.
    if (standing.kind === 'forgotten') return 'ours';
    if (standing.kind === 'answered') return (await openAnswer(parts, standing)) ?? 'under_way';
    const left = giveUpAt - Date.now();
    if (standing.kind === 'given_up' || left <= 0) return 'under_way';
    await parts.progress.nextChange(id, Math.min(left, LOOK_AGAIN_MS));
  }
}

/** @returns undefined when what it was sealed under is destroyed */
export async function openAnswer(
  { database, vault }: Pick<Parts, 'database' | 'vault'>,
  { id, answer: { sealed, shares, expiresAt } }: AnsweredClaim,
): Promise<KeptAnswer | undefined> {
  if (!shares) {
    const key = await serviceDataKey(database, vault);
    return (await key.open('idempotent-answer', id, sealed)) as KeptAnswer;
  }
  const consents = Object.keys(shares) as ConsentId[];
  const wrapped = await wrappedKeysOf(database, consents);
  if (wrapped.size < consents.length) return undefined;
  const keys = await dataKeysOf(vault, wrapped);
  return (await openJointly(keys, purposeOf({ expiresAt }), id, { sealed, shares })) as KeptAnswer;
}

/** Byte for byte as the first time. */
export function sendAsBefore(response: Response, { status, headers, body }: KeptAnswer): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.status(status).set('Idempotency-Replayed', 'true');
  // Not `send`: it would judge and change what was judged before.
  response.end(Buffer.from(body, 'base64'));
}
