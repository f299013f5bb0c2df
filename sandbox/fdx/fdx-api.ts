import { randomUUID } from 'node:crypto';
import type { BankClient } from '../clients';
import { answer, type Exchange } from '../exchange';
import type { BankBehaviour } from '../behaviour';
import { accountRoutes } from './account-routes';
import { callerByPassword } from './basic-caller';
import { type CallerParts, identifyCaller } from './caller';
import { consentRoutes } from './consent-routes';
import { bankFailure, FdxFault, invalidInput, noSuchEndpoint } from './fdx-fault';
import type { FdxAnswer, FdxRoute } from './fdx-request';
import { historyRoutes } from './history-routes';
import { withLongNumbers } from './long-numbers';
import { notificationRoutes, type NotificationRouteParts } from './notification-routes';

export const FDX_PATH = '/fdx/v6';

export interface FdxApiParts extends CallerParts, NotificationRouteParts {
  bank: { name: string; fdxUrl: string };
  behaviour: BankBehaviour;
  /** Who may come by password. */
  clients: readonly BankClient[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The FDX v6 resource server: who calls, what they may see, and every fault as an FDX error entity. */
export class FdxApi {
  readonly #parts: FdxApiParts;
  readonly #routes: FdxRoute[];

  constructor(parts: FdxApiParts) {
    this.#parts = parts;
    this.#routes = [
      ...consentRoutes(parts),
      ...accountRoutes,
      ...historyRoutes(parts.bank.name),
      ...notificationRoutes(parts),
    ];
  }

  async serve(exchange: Exchange): Promise<void> {
    const headers = { 'cache-control': 'no-store', 'x-fapi-interaction-id': interactionIdOf(exchange) ?? randomUUID() };
    try {
      this.#send(exchange, await this.#answer(exchange, headers), headers);
    } catch (error) {
      const fault = error instanceof FdxFault ? error : bankFailure();
      if (fault !== error)
        console.warn(`fdx: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      this.#send(exchange, { status: fault.status, json: this.#bodyOf(fault) }, { ...headers, ...fault.headers });
    }
  }

  #send({ res }: Exchange, given: FdxAnswer, headers: Record<string, string>): void {
    const { status } = given;
    if ('json' in given) {
      const json = JSON.stringify(given.json);
      const body = this.#parts.behaviour.longNumbers ? withLongNumbers(json) : json;
      answer(res, { status, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body });
    } else if ('content' in given) {
      answer(res, { status, headers: { ...headers, 'content-type': given.type }, body: given.content });
    } else {
      res.writeHead(status, headers);
      res.end();
    }
  }

  #bodyOf({ body }: FdxFault): object {
    return this.#parts.behaviour.errorCodes === 'number' ? { ...body, code: Number(body.code) } : body;
  }

  async #answer({ req, url, body }: Exchange, headers: Record<string, string>): Promise<FdxAnswer> {
    const given = req.headers['x-fapi-interaction-id'];
    if (given !== undefined && given !== headers['x-fapi-interaction-id']) {
      throw invalidInput('x-fapi-interaction-id must be a UUID');
    }
    const known = callerByPassword(req, url, this.#parts.clients);
    const { caller, freshNonce } = known
      ? { caller: known, freshNonce: undefined }
      : await identifyCaller(this.#parts, req, url);
    // RFC 9449 §8.2: a newer nonce travels on any answer.
    if (freshNonce !== undefined) headers['dpop-nonce'] = freshNonce;
    const path = url.pathname.slice(FDX_PATH.length);
    for (const route of this.#routes) {
      const parameters = route.method === req.method ? match(route.path, path) : undefined;
      if (!parameters) continue;
      const accept = req.headers.accept ?? '*/*';
      const own = `${url.origin}${url.pathname}`;
      const { behaviour } = this.#parts;
      return route.handle({ caller, parameters, query: url.searchParams, body, accept, url: own, behaviour });
    }
    throw noSuchEndpoint();
  }
}

/** `/accounts/:accountId` against a path. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const [names, values] = [pattern.split('/'), path.split('/')];
  if (names.length !== values.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (name.startsWith(':')) parameters[name.slice(1)] = value;
    else if (name !== value) return undefined;
  }
  return parameters;
}

/** FAPI: a client's id for this interaction is echoed, and made up where there is none. */
function interactionIdOf({ req }: Exchange): string | undefined {
  const given = req.headers['x-fapi-interaction-id'];
  return typeof given === 'string' && UUID.test(given) ? given : undefined;
}
