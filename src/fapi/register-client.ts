import type { ClientMetadata } from '../domain/registration';
import { failureOf } from './failures';
import { failureOfRegistration } from './registration-failures';
import type { Transport } from './transport';

/** Keeps an answer of the bank as it came, before anybody judges it: a token in it may exist nowhere else. */
export type RegistrationCustody = (rawAnswer: string) => Promise<void>;

interface Registration {
  readonly endpoint: string;
  readonly metadata: ClientMetadata;
  readonly initialAccessToken?: string;
  readonly custody: RegistrationCustody;
}

/**
 * Asks the bank to make us its client. Not to be repeated blindly: each request that arrives makes another client.
 *
 * @throws {ConsentFailure} registration_unknown when the answer was lost; registration_refused with the bank's error name;
 *   as_unreachable only when nothing can have been registered
 * @see RFC 7591 §3.1
 */
export async function registerClient(
  transport: Transport,
  { endpoint, metadata, initialAccessToken, custody }: Registration,
): Promise<void> {
  const response = await transport
    .fetch(endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(initialAccessToken !== undefined && { authorization: `Bearer ${initialAccessToken}` }),
      },
      body: JSON.stringify(metadata),
    })
    .catch((error: unknown) => {
      throw failureOf(error, 'registration');
    });
  // RFC 7591 §3.2.1 says 201; a client that was made is a client, whatever the number.
  if (!response.ok) throw await failureOfRegistration(response, 'registration');
  await custody(await response.text());
}
