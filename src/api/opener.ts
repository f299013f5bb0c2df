import type { Request, RequestHandler, Response } from 'express';
import { openedFor } from '../store/opening-log';
import { callerBehindDoor } from './authentication';

/** What a request opens is written down with who made it, its route and its id; never with its address, which may be a secret. */
export function openedForCaller(): RequestHandler {
  return (request, response, next) => {
    const reason = () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      return {
        openedBy: callerOf(request, response),
        reason: `${request.method} ${route}`,
        requestId: response.locals['requestId'] as string,
      };
    };
    openedFor(reason, next);
  };
}

/** Known by their key, or by the only door that is theirs. */
function callerOf({ path }: Request, response: Response): string {
  const caller = callerBehindDoor(response);
  if (caller?.role === 'application') return `application:${caller.application.id}`;
  if (caller?.role === 'operator') return `operator:${caller.keyId}`;
  if (path.startsWith('/connect/') || path === '/callback') return 'person';
  return path === '/notifications' ? 'bank' : 'api';
}
