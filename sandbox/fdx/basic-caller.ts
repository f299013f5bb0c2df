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
export function callerByPassword(
  { headers: { authorization = '' } }: IncomingMessage,
  { pathname }: URL,
  clients: readonly BankClient[],
): Caller | undefined {
  const [, credentials] = /^basic (\S+)$/i.exec(authorization) ?? [];
  if (credentials === undefined || !pathname.startsWith('/fdx/v6/consents/')) return undefined;
  const given = Buffer.from(credentials, 'base64');
  const client = clients.find(({ consent_api_basic: basic }) => basic && isSame(given, basic));
  if (client) {
    return { kind: 'application', clientId: client.client_id, scopes: new Set(Object.values(CONSENT_SCOPES)) };
  }
  throw notAuthenticated('unknown name or wrong password', { 'www-authenticate': 'Basic realm="consents"' });
}

function isSame(given: Buffer, { username, password }: { username: string; password: string }): boolean {
  const expected = Buffer.from(`${username}:${password}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
