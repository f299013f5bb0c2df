/*
 * What must compile, and what must not: looked at by `npm run types`, and never run.
 */
import { FdxConsentError, type FdxConsentClient, type WebhookEvent } from '../../../packages/client/src';

export async function whatMustCompile(client: FdxConsentClient): Promise<unknown> {
  const created = await client.consents.create({
    institutionId: 'bank',
    person: { reference: 'p' },
    purpose: 'x',
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
  });
  const { status } = await client.consents.get(created.id);
  const isActive: boolean = status === 'active';
  for await (const { id } of client.consents.list({ status: 'active', limit: 10 })) if (id === created.id) break;
  const { data } = await client.raw.GET('/v1/institutions');
  return [isActive, data];
}

export async function whatMustNotCompile(client: FdxConsentClient): Promise<void> {
  // @ts-expect-error a consent needs a purpose, a person and resources
  await client.consents.create({ institutionId: 'bank' });
  // @ts-expect-error there is no such status
  client.consents.list({ status: 'happy' });
  // @ts-expect-error where a page begins is for the iterator
  client.consents.list({ cursor: 'x' });
  // @ts-expect-error there is no such operation
  await client.raw.GET('/v1/nothing');
  // @ts-expect-error an endpoint needs an address
  await client.webhookEndpoints.create({ eventTypes: ['*'] });
}

/** Told apart by its type, an event has what is its own. */
export function whatAnEventHas(event: WebhookEvent): unknown {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- as an application writes it: some, and a default
  switch (event.type) {
    case 'endpoint.verification':
      return event.data.challenge;
    case 'notice.given':
      return event.data.days + 1;
    case 'consent.active':
      // @ts-expect-error only a notice has days
      return event.data.days as unknown;
    default:
      return event.id;
  }
}

export function whatAnErrorHas(error: unknown): boolean {
  if (!(error instanceof FdxConsentError)) return false;
  // @ts-expect-error there is no such code
  return error.code === 'consent_found' || error.code === 'consent_not_found';
}
