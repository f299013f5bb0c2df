import type { Request, RequestHandler, Response } from 'express';
import { createHash, createHmac } from 'node:crypto';
import { ConsentFailure } from '../domain/failures';
import { ID_PREFIX, isConsentId } from '../domain/ids';
import { canonicalJson } from '../evidence/canonical';
import { hashOf } from '../store/hash';
import {
  claimRequest,
  forgetAnswer,
  idAfter,
  type AnsweredClaim,
  type NamedRequest,
  type OwnClaim,
} from '../store/idempotent-requests';
import { newId } from '../store/new-id';
import { currentReason } from '../store/opening-log';
import { keepAnswer, openAnswer, sendAsBefore } from './kept-answer';
import { IDEMPOTENCY_KEY } from './contract/idempotency';
import type { Operation } from './contract/operation';
import type { ApiDependencies } from './dependencies';

/**
 * Carries out a request with an `Idempotency-Key` once. Stands behind the door and the body parser: who asks, and for what, is known.
 *
 * The first request with a key claims it; the same at the same time waits for its answer, and the same later is given it. A claim
 * whose process died is taken over, and what it makes has the id that it would have had (`idempotentIdOf`): ADR 0029.
 *
 * @throws {ConsentFailure} idempotency_key_invalid, idempotency_key_reused, idempotency_in_progress
 * @see draft-ietf-httpapi-idempotency-key-header-07
 */
export function carriedOutOnce(
  operation: Operation,
  deps: ApiDependencies,
  mayGiveAgain?: MayGiveAgain,
): RequestHandler {
  return async (request, response, next) => {
    const header = request.get('idempotency-key');
    if (header === undefined) {
      next();
      return;
    }
    const named = namedRequest(operation, request, keyIn(header), deps.settings.pseudonymKey);
    if (operation.isPure) {
      await claimed(deps, named, null);
      next();
      return;
    }
    const claim = await claimed(deps, named, deps.progress.holder);
    if (claim.kind === 'answered') {
      const answer = await answerNow(deps, claim, () => mayGiveAgain?.(request, response) ?? true);
      if (answer) {
        sendAsBefore(response, answer);
        return;
      }
      // What it was about is gone, or may not be given any more: it is asked for anew, and refused as anything new would be.
      await forgetAnswer(deps.database, claim);
      await carriedOutOnce(operation, deps, mayGiveAgain)(request, response, next);
      return;
    }
    response.locals['claim'] = claim;
    keepAnswer(deps, request, response, claim);
    next();
  };
}

/** Whether what was answered may be given again as things stand now. Asked before a copy of it is opened. */
export type MayGiveAgain = (request: Request, response: Response) => Promise<boolean>;

async function answerNow(deps: ApiDependencies, claim: AnsweredClaim, mayGiveAgain: () => Promise<boolean> | boolean) {
  return (await mayGiveAgain()) ? openAnswer(deps, claim) : undefined;
}

type Settled = OwnClaim | AnsweredClaim;

/** As long as the slowest answer takes that somebody waits for: one that asks a bank. */
const WAIT_MS = 25_000;
/** A notification may be lost with its connection, and a process that dies sends none. */
const LOOK_AGAIN_MS = 1_000;

async function claimed(deps: ApiDependencies, named: NamedRequest, holder: number | null): Promise<Settled> {
  const { database, progress, settings } = deps;
  const giveUpAt = Date.now() + WAIT_MS;
  for (;;) {
    const claim = await claimRequest(database, named, {
      holder,
      keptForSeconds: settings.idempotencyRetentionSeconds,
    });
    if (claim.kind === 'reused') throw new ConsentFailure('idempotency_key_reused');
    if (claim.kind !== 'busy') return claim;
    const left = giveUpAt - Date.now();
    if (left <= 0) throw new ConsentFailure('idempotency_in_progress');
    await progress.nextChange(claim.id, Math.min(left, LOOK_AGAIN_MS));
  }
}

function keyIn(header: string): string {
  if (!IDEMPOTENCY_KEY.test(header)) throw new ConsentFailure('idempotency_key_invalid');
  // A string of RFC 8941 §3.3.3, as the draft has it. Most clients send the characters bare; both name the same key.
  return header.startsWith('"') ? header.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : header;
}

function namedRequest({ id: operation }: Operation, request: Request, key: string, secret: Uint8Array): NamedRequest {
  const consentId = request.params['consentId'];
  const text = textOfRequest(request);
  return {
    caller: currentReason().openedBy,
    keyHash: hashOf(key),
    operation,
    // Keyed: a body may name a person, and few bodies are hard to guess.
    digest: createHmac('sha256', secret).update(text).digest('base64url'),
    unkeyedDigest: createHash('sha256').update(text).digest('base64url'),
    consentId: typeof consentId === 'string' && isConsentId(consentId) ? consentId : null,
    makesConsent: operation === 'createConsent',
  };
}

/** The same value in another order, or with other white space, is the same request. */
function textOfRequest({ path, query, body }: Request): string {
  return canonicalJson([path, { ...query }, (body as unknown) ?? null]);
}

/** A request that was begun before, and may have come any far: what it makes may be there already. */
export function isRepeated(response: Response): boolean {
  return (claimIn(response)?.attempt ?? 1) > 1;
}

/**
 * The id for what a request makes: the same for each execution of a request that names itself, so that a second one finds what a
 * first one made before it died. One of each kind. Without a name, a new one.
 */
export function idempotentIdOf(response: Response, kind: keyof typeof ID_PREFIX): string {
  const claim = claimIn(response);
  return claim ? idAfter(claim.id, ID_PREFIX[kind]) : newId(kind);
}

/** The claim that a request is carried out for; undefined when it does not name itself. */
export function claimIn(response: Response): OwnClaim | undefined {
  return response.locals['claim'] as OwnClaim | undefined;
}
