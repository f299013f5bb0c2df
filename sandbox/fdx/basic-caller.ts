import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { BankClient } from '../clients';
import { CONSENT_SCOPES } from '../clusters';
import type { Caller } from './caller';
import { notAuthenticated } from './fdx-fault';

/**
 * Some consent APIs know applications by name and password (RFC 7617) instead of by token.
 * @throws 401/603 for a name or password that nobody has; `undefined` where the request is not of that kind
 */
export function callerByPassword(req: IncomingMessage, url: URL, clients: readonly BankClient[]): Caller | undefined {
  if (!isBasic(req) || !url.pathname.startsWith('/fdx/v6/consents/')) return undefined;
  const client = clientWithPassword(req, clients);
  if (!client)
    throw notAuthenticated('unknown name or wrong password', { 'www-authenticate': 'Basic realm="consents"' });
  return { kind: 'application', clientId: client.client_id, scopes: new Set(Object.values(CONSENT_SCOPES)) };
}

export function clientWithPassword(req: IncomingMessage, clients: readonly BankClient[]): BankClient | undefined {
  const given = Buffer.from(req.headers.authorization?.replace(BASIC, '') ?? '', 'base64');
  return isBasic(req) ? clients.find(({ consent_api_basic: known }) => known && isSame(given, known)) : undefined;
}

const BASIC = /^basic +/i;

const isBasic = (req: IncomingMessage): boolean => BASIC.test(req.headers.authorization ?? '');

function isSame(given: Buffer, { username, password }: { username: string; password: string }): boolean {
  const expected = Buffer.from(`${username}:${password}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
