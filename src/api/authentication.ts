import type { Request, RequestHandler, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { findCaller, type Application, type Caller } from '../store/applications';
import type { Database } from '../store/database';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,128})$/i;

/**
 * Lets requests with a valid API key through.
 *
 * @throws {ConsentFailure} unauthenticated without a valid key, forbidden with a key of the other role
 * @see RFC 6750 §2.1: the key travels in the header only
 */
export function authenticate(database: Database, role: Caller['role']): RequestHandler {
  return async (request, response, next) => {
    const key = BEARER.exec(request.get('authorization') ?? '')?.[1];
    const caller = key === undefined ? undefined : await findCaller(database, key);
    if (!caller) throw new ConsentFailure('unauthenticated');
    if (caller.role !== role) throw new ConsentFailure('forbidden', `this operation is for an ${role}.`);
    response.locals['caller'] = caller;
    next();
  };
}

export function applicationOf(response: Response): Application {
  const caller = response.locals['caller'] as Caller | undefined;
  if (caller?.role !== 'application') throw new Error('the route is not behind authenticate(…, "application")');
  return caller.application;
}

export function operatorKeyOf(response: Response): string {
  const caller = response.locals['caller'] as Caller | undefined;
  if (caller?.role !== 'operator') throw new Error('the route is not behind authenticate(…, "operator")');
  return caller.keyId;
}

export function parameterOf(request: Request, name: string): string {
  const value = request.params[name];
  // PostgreSQL keeps no NUL in text, so nothing of ours is named by one.
  return typeof value === 'string' && !value.includes('\0') ? value : '';
}
