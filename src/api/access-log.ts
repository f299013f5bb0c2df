import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../log';

/** A caller's own request id is taken over when it is harmless to print. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id and logs its route, never its URL: links and codes travel there. */
export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    const startedAt = performance.now();
    response.on('finish', () => {
      log.info(
        {
          requestId,
          method: request.method,
          route: (request.route as { path?: string } | undefined)?.path ?? 'none',
          status: response.statusCode,
          milliseconds: Math.round(performance.now() - startedAt),
        },
        'request',
      );
    });
    next();
  };
}
