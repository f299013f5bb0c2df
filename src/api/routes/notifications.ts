import type { RequestHandler, Response } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { readNotification, takeIn } from '../../notifications/inbox';
import { authenticatePublisher, type Publisher } from '../../notifications/publisher';
import { tellWorkflows } from '../../notifications/tell-workflows';
import { framesOf } from '../../stack-frames';
import type { ApiDependencies } from '../dependencies';
import { RequestFailure } from '../problem';

/**
 * Lets requests of institutions through.
 *
 * @throws {ConsentFailure} publisher_unauthenticated, and what keeps their keys from being read
 */
export function requirePublisher({ database, verifyPublisher, settings, log }: ApiDependencies): RequestHandler {
  const door = { database, verify: verifyPublisher, trustsClientCert: settings.trustsClientCert };
  return async (request, response, next) => {
    const credentials = { authorization: request.get('authorization'), clientCert: request.get('client-cert') };
    response.locals['publisher'] = await authenticatePublisher(door, credentials).catch((error: unknown) => {
      const requestId = response.locals['requestId'] as string;
      if (error instanceof ConsentFailure) log.warn({ requestId, reason: error.message }, 'a publisher was not let in');
      throw error;
    });
    next();
  };
}

/**
 * `POST /notifications`: a bank tells us that something happened to a consent. Answered when it is stored; what follows from it
 * is for the consent's workflow, which asks the bank before it believes anything.
 *
 * @see FDX API 6.x, event notifications
 */
export function receiveNotification({ database, engine, log }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const notification = readNotification(request.body);
    if ('faults' in notification) throw new RequestFailure('request_invalid', notification.faults);
    const untold = await takeIn(database, publisherOf(response), notification);
    response.status(204).end();
    for (const row of untold) {
      tellWorkflows({ database, engine }, row).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log.warn(
          { institutionId: row.institution_id, name, frames: framesOf(error) },
          'a notification waits for the sweep',
        );
      });
    }
  };
}

function publisherOf(response: Response): Publisher {
  const publisher = response.locals['publisher'] as Publisher | undefined;
  if (!publisher) throw new Error('the route is not behind requirePublisher');
  return publisher;
}
