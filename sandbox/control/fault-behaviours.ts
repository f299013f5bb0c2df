import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, type Exchange } from '../exchange';
import { type BankSigner, forgeJwt } from './jwt-forgery';
import { type CapturedAnswer, prepareAnswer } from './captured-answer';
import { rewriteCallback } from './callback-rewriting';
import type { Fault, FaultKind, FaultOf } from './fault';

export interface FaultContext {
  issuer: string;
  /** Signs with the bank's own key, for statements that are wrong in substance and not in signature. */
  signAsBank: BankSigner;
}

type Interception = 'handled' | 'continue';

/**
 * A fault strikes at one of three moments:
 * - `instead`: before the bank has seen the request. `handled` means that it never will.
 * - `rewrite`: on the bank's finished answer. `undefined` means that this answer is not one it is about.
 * - `deliver`: when that answer is sent.
 */
export interface FaultBehaviour<Kind extends FaultKind> {
  instead?: (fault: FaultOf<Kind>, exchange: Exchange) => Promise<Interception> | Interception;
  rewrite?: (
    fault: FaultOf<Kind>,
    answer: CapturedAnswer,
    context: FaultContext,
  ) => Promise<CapturedAnswer | undefined> | CapturedAnswer | undefined;
  deliver?: (fault: FaultOf<Kind>, answer: CapturedAnswer, exchange: Exchange) => Promise<void> | void;
  /** Some faults mean something else at the authorization endpoint, where answers go to a person's browser. */
  atAuthorize?: FaultBehaviour<Kind>;
}

/** The whole catalogue. A new fault is an entry here and its shape in `fault.ts`. */
export const faultBehaviours: { [Kind in FaultKind]: FaultBehaviour<Kind> } = {
  status: {
    instead: ({ status, body = '', contentType, headers }, { res }) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const type = contentType ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json');
      answer(res, { status, headers: { 'content-type': type, ...headers }, body: text });
      return 'handled';
    },
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
  delay: {
    instead: async ({ milliseconds }): Promise<Interception> => {
      await sleep(milliseconds, undefined, { ref: false });
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
    rewrite: async (forgery, given, { signAsBank }) => {
      const json = jsonOf(given);
      if (typeof json?.['id_token'] !== 'string') return undefined;
      const forged = { ...json, id_token: await forgeJwt(json['id_token'], forgery, signAsBank) };
      return { ...given, body: Buffer.from(JSON.stringify(forged)) };
    },
  },
  forge_response: {
    rewrite: async (forgery, given, { issuer, signAsBank }) => {
      const response = responseIn(given.headers.location);
      if (response === undefined) return undefined;
      return rewriteCallback(given, issuer, { set: { response: await forgeJwt(response, forgery, signAsBank) } });
    },
  },
  redirect_loop: {
    instead: (_fault, { res, url }) => {
      answer(res, { status: 302, headers: { location: url.href }, body: '' });
      return 'handled';
    },
  },
  giant_body: {
    instead: async ({ megabytes }, { res }): Promise<Interception> => {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.write('{"padding":"');
      for (let sent = 0; sent < megabytes && !res.destroyed; sent += 1) {
        if (!res.write(MEGABYTE)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
      }
      res.end('"}');
      return 'handled';
    },
  },
  malformed_json: {
    rewrite: (_fault, given) => {
      if (given.body.length === 0) return undefined;
      return { ...given, body: given.body.subarray(0, given.body.length - 1) };
    },
  },
};

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** The signed response in a redirect back to the application (JARM §2.3.1). */
function responseIn(location: unknown): string | undefined {
  if (typeof location !== 'string' || !URL.canParse(location)) return undefined;
  return new URL(location).searchParams.get('response') ?? undefined;
}

/** The behaviour of a planted fault, its kind forgotten: the table has checked that they belong together. */
export function behaviourOf(fault: Fault, atAuthorize: boolean): FaultBehaviour<FaultKind> {
  const behaviour = faultBehaviours[fault.kind] as FaultBehaviour<FaultKind>;
  return (atAuthorize ? behaviour.atAuthorize : undefined) ?? behaviour;
}

function jsonOf(given: CapturedAnswer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(given.body.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
