import { setTimeout as sleep } from 'node:timers/promises';
import { answer, type Exchange } from '../exchange';
import type { RecordStore } from '../store/records';
import { forgetRequestUri, rebindToken } from './bank-records';
import { callbackParameter, rewriteCallback } from './callback-rewriting';
import { type CapturedAnswer, prepareAnswer, sendAnswer, sendBeginning } from './captured-answer';
import type { Fault, FaultKind, FaultOf, WholeAnswer } from './fault';
import { type BankSignature, forgeJwt } from './jwt-forgery';
import { nonceChallenge, type NonceChurn, proofOf } from './nonce-churn';
import { sendOversized } from './oversized-answer';

/** The signature is for ID tokens and JARM answers that are wrong in substance, and not in what vouches for it. */
export interface FaultContext extends BankSignature {
  issuer: string;
  store: RecordStore;
  nonces: NonceChurn;
}

type Interception = 'handled' | 'continue';

/**
 * A fault strikes at one of three moments:
 * - `instead`: before the bank has seen the request. `handled` means that it never will.
 * - `rewrite`: on the bank's finished answer. `undefined` means that this answer is not one it is about.
 * - `deliver`: when that answer is sent.
 */
export interface FaultBehaviour<Kind extends FaultKind> {
  instead?: (fault: FaultOf<Kind>, exchange: Exchange, context: FaultContext) => Promise<Interception> | Interception;
  rewrite?: (
    fault: FaultOf<Kind>,
    answer: CapturedAnswer,
    context: FaultContext,
    exchange: Exchange,
  ) => Promise<CapturedAnswer | undefined> | CapturedAnswer | undefined;
  deliver?: (fault: FaultOf<Kind>, answer: CapturedAnswer, exchange: Exchange) => Promise<void> | void;
  /** Which requests of the endpoint it is about; left out: all. */
  about?: (exchange: Exchange) => boolean;
  /** Rewrites an answer that only hands out a DPoP nonce as well. */
  challengesToo?: boolean;
  /** Some faults mean something else at the authorization endpoint, where answers go to a person's browser. */
  atAuthorize?: FaultBehaviour<Kind>;
}

/** The whole catalogue. A new fault is an entry here and its shape in `fault.ts`. */
export const faultBehaviours: { [Kind in FaultKind]: FaultBehaviour<Kind> } = {
  status: {
    instead: (fault, { res }) => {
      sendAnswer(res, madeUp(fault));
      return 'handled';
    },
  },
  replace_answer: {
    rewrite: (fault) => madeUp(fault),
  },
  oauth_error: {
    instead: ({ status = 400, error, errorDescription }, { res }) => {
      // RFC 6749 §5.2.
      const body = JSON.stringify({ error, error_description: errorDescription });
      answer(res, { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body });
      return 'handled';
    },
    atAuthorize: {
      // RFC 6749 §4.1.2.1; the issuer stays in place, as RFC 9207 §2 wants of error responses too.
      rewrite: ({ error, errorDescription }, given, { issuer }) => {
        const set = { error, ...(errorDescription !== undefined && { error_description: errorDescription }) };
        return rewriteCallback(given, issuer, { set, remove: ['code'] });
      },
    },
  },
  timeout: {
    instead: async (_fault, { res }): Promise<Interception> => {
      await new Promise((resolve) => res.once('close', resolve));
      return 'handled';
    },
  },
  reset: {
    instead: (_fault, { req }) => {
      req.socket.destroy();
      return 'handled';
    },
  },
  answer_lost: {
    deliver: (_fault, _answer, { req }) => {
      req.socket.destroy();
    },
  },
  drip: {
    deliver: async ({ bytesPerSecond }, given, { res }) => {
      prepareAnswer(res, given);
      res.flushHeaders();
      // Ten drops a second, or one byte a second where that is the pace.
      const drop = Math.max(1, Math.floor(bytesPerSecond / 10));
      for (let sent = 0; sent < given.body.length && !res.destroyed; sent += drop) {
        res.write(given.body.subarray(sent, sent + drop));
        await sleep((drop / bytesPerSecond) * 1000);
      }
      res.end();
    },
  },
  break_off: {
    deliver: async ({ afterBytes }, given, { req, res }) => {
      await sendBeginning(res, given, afterBytes);
      req.socket.destroy();
    },
  },
  fall_silent: {
    deliver: async ({ afterBytes }, given, { res }) => {
      await sendBeginning(res, given, afterBytes);
      if (!res.destroyed) await new Promise((resolve) => res.once('close', resolve));
    },
  },
  delay: {
    instead: async ({ milliseconds }): Promise<Interception> => {
      await sleep(milliseconds, undefined, { ref: false });
      return 'continue';
    },
  },
  redirect_loop: {
    instead: ({ status = 302, to }, { res, url }) => {
      const location = new URL(`${url.pathname}${url.search}`, to ?? url);
      answer(res, { status, headers: { location: location.href, 'cache-control': 'no-store' }, body: '' });
      return 'handled';
    },
  },
  giant_body: {
    deliver: async ({ megabytes = 20 }, given, { res }) => sendOversized(res, given, megabytes),
  },
  malformed_json: {
    rewrite: ({ cutAfterBytes, tail }, given) => {
      if (!jsonOf(given)) return undefined;
      const cut = cutAfterBytes ?? (tail === undefined ? given.body.length - 1 : given.body.length);
      return { ...given, body: Buffer.concat([given.body.subarray(0, cut), Buffer.from(tail ?? '')]) };
    },
  },
  rewrite_status: {
    rewrite: ({ status }, given) => ({ ...given, status }),
  },
  rewrite_headers: {
    rewrite: ({ set = {}, remove = [] }, given) => {
      const lowered = (names: string[]): string[] => names.map((name) => name.toLowerCase());
      const gone = lowered([...remove, ...Object.keys(set)]);
      const kept = Object.entries(given.headers).filter(([name]) => !gone.includes(name.toLowerCase()));
      return { ...given, headers: { ...Object.fromEntries(kept), ...set } };
    },
  },
  dpop_nonce: {
    challengesToo: true,
    instead: async ({ mode }, { req, res }, { nonces }): Promise<Interception> => {
      const proof = await proofOf(req);
      if (!proof || (mode === 'every_answer' && nonces.isLatest(proof))) return 'continue';
      sendAnswer(res, nonceChallenge(req, nonces.next(proof)));
      return 'handled';
    },
    rewrite: async (_fault, given, { nonces }, { req }) => {
      const proof = await proofOf(req);
      return proof && { ...given, headers: { ...given.headers, 'dpop-nonce': nonces.next(proof) } };
    },
  },
  rewrite_challenge: {
    challengesToo: true,
    rewrite: ({ scheme }, given) => {
      const { 'www-authenticate': challenge, ...headers } = given.headers;
      if (typeof challenge !== 'string') return undefined;
      return { ...given, headers: { ...headers, 'www-authenticate': challenge.replace(/^\S+/, scheme) } };
    },
  },
  rebind_token: {
    rewrite: async (_fault, given, { store }) => {
      const token = jsonOf(given)?.['access_token'];
      if (typeof token !== 'string') return undefined;
      await rebindToken(store, token);
      return given;
    },
  },
  request_uri_expired: {
    about: ({ url }) => url.searchParams.has('request_uri'),
    instead: async (_fault, { url }, { store }): Promise<Interception> => {
      await forgetRequestUri(store, url.searchParams.get('request_uri') ?? '');
      return 'continue';
    },
  },
  rewrite_json: {
    rewrite: ({ set, remove = [] }, given) => {
      const json = jsonOf(given);
      if (!json) return undefined;
      const kept = Object.entries(json).filter(([name]) => !remove.includes(name));
      return { ...given, body: Buffer.from(JSON.stringify({ ...Object.fromEntries(kept), ...set })) };
    },
  },
  rewrite_callback: {
    rewrite: (change, given, { issuer }) => rewriteCallback(given, issuer, change),
  },
  forge_id_token: {
    rewrite: async (forgery, given, bank) => {
      const json = jsonOf(given);
      if (typeof json?.['id_token'] !== 'string') return undefined;
      const forged = { ...json, id_token: await forgeJwt(json['id_token'], forgery, bank) };
      return { ...given, body: Buffer.from(JSON.stringify(forged)) };
    },
  },
  forge_response: {
    rewrite: async (forgery, given, bank) => {
      const response = callbackParameter(given, bank.issuer, 'response');
      if (response === undefined) return undefined;
      return rewriteCallback(given, bank.issuer, { set: { response: await forgeJwt(response, forgery, bank) } });
    },
  },
};

/** The behaviour of a planted fault, its kind forgotten: the table has checked that they belong together. */
export function behaviourOf(fault: Fault, atAuthorize: boolean): FaultBehaviour<FaultKind> {
  const behaviour = faultBehaviours[fault.kind] as FaultBehaviour<FaultKind>;
  return (atAuthorize ? behaviour.atAuthorize : undefined) ?? behaviour;
}

function madeUp({ status, body = '', contentType, headers }: WholeAnswer): CapturedAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = contentType ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json');
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(text) };
}

function jsonOf(given: CapturedAnswer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(given.body.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
