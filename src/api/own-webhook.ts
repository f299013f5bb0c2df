import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { findDelivery, type DeliveryRow } from '../store/webhook-deliveries';
import { findEndpoint, type EndpointRow } from '../store/webhook-endpoints';
import { applicationOf, parameterOf } from './authentication';
import type { ApiDependencies } from './dependencies';

/** Someone else's endpoint and one that does not exist give the same answer. @throws {ConsentFailure} webhook_endpoint_not_found */
export async function ownEndpoint(
  { database }: Pick<ApiDependencies, 'database'>,
  request: Request,
  response: Response,
): Promise<EndpointRow> {
  const row = await findEndpoint(database, parameterOf(request, 'endpointId'));
  if (row?.application_id !== applicationOf(response).id) throw new ConsentFailure('webhook_endpoint_not_found');
  return row;
}

/** @throws {ConsentFailure} webhook_endpoint_not_found, webhook_delivery_not_found */
export async function ownDelivery(
  deps: Pick<ApiDependencies, 'database'>,
  request: Request,
  response: Response,
): Promise<DeliveryRow> {
  const endpoint = await ownEndpoint(deps, request, response);
  const row = await findDelivery(deps.database, endpoint.id, parameterOf(request, 'deliveryId'));
  if (!row) throw new ConsentFailure('webhook_delivery_not_found');
  return row;
}
