import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../log';
import type { Metrics } from '../metrics';

/** A caller's own request id is taken over when it is harmless to print. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id and logs its route, never its URL: links and codes travel there. */
export function accessLog(log: Log, metrics: Pick<Metrics, 'requestAnswered'>): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    const startedAt = performance.now();
    // Not `finish`: an answer that was broken off is one too.
    response.on('close', () => {
      const route = (request.route as { path?: string } | undefined)?.path;
      const { method } = request;
      const { statusCode: status } = response;
      const milliseconds = performance.now() - startedAt;
      log.info(
        { requestId, method, route: route ?? 'none', status, milliseconds: Math.round(milliseconds) },
        response.writableFinished ? 'request' : 'request broken off',
      );
      metrics.requestAnswered(method, route, status, milliseconds / 1_000);
    });
    next();
  };
}
