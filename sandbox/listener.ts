import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FaultSwitch } from './control/fault-switch';
import type { Journal } from './control/journal';
import { type Door, urlAt } from './door';
import { answerJson, BodyTooLarge, type Exchange, receive } from './exchange';
import { FDX_PATH, type FdxApi } from './fdx/fdx-api';
import { type GrantManagement, GRANTS_PATH } from './grants/grant-management';
import { CONNECTIONS_PATH, type ConnectionParts, manageConnections } from './pages/connections';
import { interact, type InteractionParts } from './pages/interaction';
import { logWhenAnswered } from './request-log';

/** Who answers what. */
export interface Office extends InteractionParts, ConnectionParts {
  fdx: FdxApi;
  grants: GrantManagement;
  /** oidc-provider: everything that is neither a page of ours nor the FDX API. */
  authorize: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
}

interface ListenerParts {
  issuer: string;
  door: Door;
  journal: Journal;
  faults: FaultSwitch;
  office: Office;
}

/** Read, write down, perhaps fail on purpose, answer. */
export function createListener({ issuer, door, journal, faults, office }: ListenerParts): RequestListener {
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const exchange = await receive(req, res, urlAt(door, issuer, req.url ?? '/'));
    logWhenAnswered(exchange);
    journal.open(exchange, door);
    await faults.serve(exchange, (each) => dispatch(office, each));
  };
  return (req, res) => {
    serve(req, res).catch((error: unknown) => {
      fail(res, error);
    });
  };
}

async function dispatch(office: Office, exchange: Exchange): Promise<void> {
  const { pathname } = exchange.url;
  if (pathname === '/healthz') answerJson(exchange.res, 200, { status: 'ready' });
  else if (pathname.startsWith(`${FDX_PATH}/`)) await office.fdx.serve(exchange);
  else if (pathname.startsWith(`${GRANTS_PATH}/`)) await office.grants.serve(exchange);
  else if (pathname.startsWith('/interaction/')) await interact(office, exchange);
  else if (pathname === '/' || isBelow(CONNECTIONS_PATH, pathname)) await manageConnections(office, exchange);
  else await office.authorize(exchange.req, exchange.res);
}

const isBelow = (path: string, pathname: string): boolean => pathname === path || pathname.startsWith(`${path}/`);

function fail(res: ServerResponse, error: unknown): void {
  // A client that hangs up in the middle of its request is its own affair.
  if (res.destroyed || (error as { code?: string }).code === 'ECONNRESET') return;
  if (error instanceof BodyTooLarge) {
    res.setHeader('connection', 'close');
    answerJson(res, 413, { error: 'invalid_request', error_description: 'request body too large' });
    return;
  }
  console.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (res.headersSent) res.destroy();
  else answerJson(res, 500, { error: 'server_error' });
}
