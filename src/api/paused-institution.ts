import type { RequestHandler } from 'express';
import { requireOpen } from '../institutions/pause';
import { findPauseBehindLink } from '../store/institutions';
import { hashOf } from '../store/hash';
import { parameterOf } from './authentication';
import type { ApiDependencies } from './dependencies';

/**
 * Tells a person whose link leads to a paused bank to come back later, before they read and agree, and before anything is begun:
 * a pause uses up none of the launches a link is good for. The step that would push the request looks once more.
 *
 * @throws {ConsentFailure} institution_paused
 */
export function holdWhilePaused({ database }: Pick<ApiDependencies, 'database'>): RequestHandler {
  return async (request, _response, next) => {
    const pause = await findPauseBehindLink(database, hashOf(parameterOf(request, 'token')));
    if (pause) requireOpen(pause);
    next();
  };
}
