import type { RequestHandler } from 'express';
import { z } from 'zod';
import { applicationClientView } from '../../operators/access-views';
import { issuerClient } from '../../operators/key-terms';
import { addApplicationClient, listApplicationClients, removeApplicationClient } from '../../store/application-clients';
import { findApplication } from '../../store/applications';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { idempotentIdOf } from '../idempotency';
import { parseBody } from '../request-input';
import { applicationIdOf } from './applications';

export const applicationClientSchema = z.strictObject({
  issuer: issuerClient.issuer.meta({ description: 'Exactly as `iss` of its tokens has it.' }),
  clientId: issuerClient.clientId.meta({ description: 'As the issuer knows the application.' }),
});

/** `GET /v1/applications/{applicationId}/clients` (operator) */
export function readApplicationClients({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await findApplication(database, applicationIdOf(request));
    response.json({ clients: (await listApplicationClients(database, id)).map(applicationClientView) });
  };
}

/** `POST /v1/applications/{applicationId}/clients` (operator): its access tokens speak for the application from now on. */
export function createApplicationClient({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const given = parseBody(applicationClientSchema, request);
    const client = await addApplicationClient(
      database,
      applicationIdOf(request),
      given,
      idempotentIdOf(response, 'applicationClient'),
    );
    response.status(201).json(applicationClientView(client));
  };
}

/** `DELETE /v1/applications/{applicationId}/clients/{clientId}` (operator): the next request with a token of it is refused. */
export function deleteApplicationClient({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    await removeApplicationClient(database, applicationIdOf(request), parameterOf(request, 'clientId'));
    response.status(204).end();
  };
}
