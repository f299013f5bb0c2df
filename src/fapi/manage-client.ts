import { ConsentFailure } from '../domain/failures';
import type { ClientMetadata } from '../domain/registration';
import { failureOf } from './failures';
import type { RegistrationCustody } from './register-client';
import { failureOfRegistration, type RegistrationStep } from './registration-failures';
import type { Transport } from './transport';

/** A client at the bank, with what opens its record there. Secret. */
export interface ManagedClient {
  readonly clientId: string;
  readonly registrationClientUri: string;
  readonly registrationAccessToken: string;
}

/**
 * Reads what the bank has registered for us.
 *
 * @throws {ConsentFailure} registration_token_rejected also when there is no such client any more; registration_refused, as_unreachable
 * @see RFC 7592 §2.1
 */
export async function readClient(
  transport: Transport,
  client: ManagedClient,
  custody: RegistrationCustody,
): Promise<void> {
  const response = await ask(transport, client, 'GET', 'registration_management');
  await custody(await response.text());
}

/**
 * Replaces all that the bank has registered for us. May be repeated: the same metadata twice are the same metadata.
 *
 * @throws {ConsentFailure} as {@link readClient}
 * @see RFC 7592 §2.2
 */
export async function updateClient(
  transport: Transport,
  client: ManagedClient,
  metadata: ClientMetadata,
  custody: RegistrationCustody,
): Promise<void> {
  // The request must name the client, and must not hold its registration access token, URI or dates.
  const body = { ...metadata, client_id: client.clientId };
  const response = await ask(transport, client, 'PUT', 'registration_management', body);
  await custody(await response.text());
}

/**
 * Ends our registration at the bank.
 *
 * @throws {ConsentFailure} registration_unknown when the answer was lost; else as {@link readClient}
 * @see RFC 7592 §2.3
 */
export async function deleteClient(transport: Transport, client: ManagedClient): Promise<void> {
  await ask(transport, client, 'DELETE', 'registration_deletion');
}

async function ask(
  transport: Transport,
  { registrationClientUri, registrationAccessToken }: ManagedClient,
  method: string,
  step: RegistrationStep,
  body?: ClientMetadata,
): Promise<Response> {
  const response = await transport
    .fetch(registrationClientUri, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${registrationAccessToken}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    .catch((error: unknown) => {
      throw failureOf(error, step);
    });
  if (response.ok) return response;
  // RFC 7592 §2: 401 for a token that is not good and for a client that is not there; some servers say the latter by 404.
  if ([401, 404, 410].includes(response.status)) {
    throw new ConsentFailure('registration_token_rejected', `HTTP ${response.status}.`);
  }
  throw await failureOfRegistration(response, step);
}
