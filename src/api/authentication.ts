import type { Request, RequestHandler, Response } from 'express';
import type { VerifiedToken } from '../access/access-tokens';
import { ConsentFailure } from '../domain/failures';
import type { Scope } from '../domain/scopes';
import { judgeApiKeyText } from '../store/api-key-text';
import type { Application } from '../store/applications';
import { findApplicationOfClient, findCaller, type Caller } from '../store/callers';
import type { Access } from './contract/operation';
import type { ApiDependencies } from './dependencies';

/** RFC 6750 §2.1, bounded: an access token is a few kilobytes at most. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{1,8192}=*)$/i;

type Doors = Pick<ApiDependencies, 'database' | 'accessTokens' | 'keyUse'>;

/**
 * Lets requests through that show an API key or an access token good for the operation.
 *
 * @throws {ConsentFailure} unauthenticated, token_invalid; forbidden with a key of the other role; scope_missing;
 *   issuer_unavailable when a token cannot be judged
 * @see RFC 6750 §2.1 (it travels in the header only), §3 (the challenge)
 */
export function authenticate(
  deps: Doors,
  access: Extract<Access, { role: 'application' | 'operator' }>,
): RequestHandler {
  return async (request, response, next) => {
    const caller = await callerOf(deps, request, response);
    if (caller.role !== access.role) throw new ConsentFailure('forbidden', `this operation is for an ${access.role}.`);
    if (access.role === 'application' && caller.role === 'application') requireScope(caller, access.scope, response);
    response.locals['caller'] = caller;
    next();
  };
}

async function callerOf(deps: Doors, request: Request, response: Response): Promise<Caller> {
  const token = BEARER.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined) {
    challenge(response);
    throw new ConsentFailure('unauthenticated');
  }
  try {
    return isJwt(token) ? await callerOfToken(deps, token) : await callerOfKey(deps, token);
  } catch (error) {
    if (error instanceof ConsentFailure && error.kind === 'invalid') challenge(response, 'error="invalid_token"');
    throw error;
  }
}

/** In its compact form (RFC 7515 §7.1). A key has no dots. */
function isJwt(token: string): boolean {
  return token.split('.').length === 3;
}

async function callerOfKey({ database, keyUse }: Doors, apiKey: string): Promise<Caller> {
  const form = judgeApiKeyText(apiKey);
  // Nothing to look up: it was never given out as it is.
  if (form === 'mistyped')
    throw new ConsentFailure('unauthenticated', 'the key is mistyped: its checksum does not fit.');
  const caller = form === 'fit' ? await findCaller(database, apiKey) : 'unknown';
  if (caller === 'unknown') throw new ConsentFailure('unauthenticated');
  if (typeof caller === 'string') throw new ConsentFailure('unauthenticated', `the key is ${caller}.`);
  keyUse.note(caller.role === 'operator' ? caller.keyId : keyIdOf(caller));
  return caller;
}

function keyIdOf({ credential }: Extract<Caller, { role: 'application' }>): string {
  return credential.kind === 'key' ? credential.keyId : '';
}

async function callerOfToken({ database, accessTokens }: Doors, token: string): Promise<Caller> {
  const verified: VerifiedToken = await accessTokens.verify(token);
  const { issuer, clientId, subject, scopes } = verified;
  const application = await findApplicationOfClient(database, issuer, clientId);
  if (!application) throw new ConsentFailure('token_invalid', 'its client speaks for no application here.');
  return {
    role: 'application',
    application,
    credential: { kind: 'token', issuer, clientId, ...(subject !== undefined && { subject }) },
    scopes,
  };
}

function requireScope({ scopes }: Extract<Caller, { role: 'application' }>, scope: Scope, response: Response): void {
  if (scopes === null || scopes.includes(scope)) return;
  challenge(response, `error="insufficient_scope", scope="${scope}"`);
  throw new ConsentFailure('scope_missing', `the operation needs ${scope}.`);
}

/** RFC 6750 §3. Without a token no error is told: whoever asks may not know that one is needed. */
function challenge(response: Response, error?: string): void {
  response.set('WWW-Authenticate', ['Bearer realm="fdx-consent"', ...(error === undefined ? [] : [error])].join(', '));
}

/** Who asks. Behind the door of an application or an operator. */
export function callerBehindDoor(response: Response): Caller | undefined {
  return response.locals['caller'] as Caller | undefined;
}

export function applicationOf(response: Response): Application {
  const caller = callerBehindDoor(response);
  if (caller?.role !== 'application') throw new Error('the route is not behind the door of applications');
  return caller.application;
}

export function operatorKeyOf(response: Response): string {
  const caller = callerBehindDoor(response);
  if (caller?.role !== 'operator') throw new Error('the route is not behind the door of operators');
  return caller.keyId;
}

export function parameterOf(request: Request, name: string): string {
  const value = request.params[name];
  // PostgreSQL keeps no NUL in text, so nothing of ours is named by one.
  return typeof value === 'string' && !value.includes('\0') ? value : '';
}
