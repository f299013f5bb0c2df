import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { parseKeyRing } from '../../src/store/key-ring';
import { createPayloadCodec } from '../../src/temporal/payload-codec';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest } from './support/application';
import { fdxConsent } from './support/command';
import { eventsOf, onlyEvent } from './support/events';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';

/*
 * Each event names who stands behind it and in which request, whoever that is.
 */
const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);
const APPLICATION = `application:${stack.applicationId}`;

/** A request under an id of the caller's. */
const under = (requestId: string) => ({ 'x-request-id': requestId });

async function requested(): Promise<{ id: string; requestId: string; journey: Journey }> {
  const requestId = randomUUID();
  const answer = await application.call('/v1/consents', {
    method: 'POST',
    body: consentRequest(),
    headers: under(requestId),
  });
  const { id, launchUrl } = answer.json as { id: string; launchUrl: string };
  return { id, requestId, journey: Journey.resume(application, id, launchUrl) };
}

async function connected(): Promise<Journey> {
  const { journey } = await requested();
  await journey.comeBack(await journey.authorize());
  await journey.reaches('active');
  return journey;
}

/** As the Temporal UI sends what a workflow has stored. */
async function storedPayload(workflowId: string) {
  const codec = createPayloadCodec(parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? ''));
  const context = { type: 'workflow' as const, namespace: 'default', workflowId };
  const [sealed] = await codec.encode([defaultPayloadConverter.toPayload('x')], context);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const metadata = Object.entries(sealed?.metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(metadata), data: base64(sealed?.data ?? new Uint8Array()) };
}

describe('a request of the application', () => {
  test('for a consent is told with its id, and so is the link that comes with it', async () => {
    const { id, requestId } = await requested();
    const asked = await onlyEvent(stack, id, 'consent.requested');
    expect(asked).toMatchObject({ actor: APPLICATION, correlationId: requestId });
    const link = await onlyEvent(stack, id, 'invitation.opened');
    expect(link).toMatchObject({ actor: APPLICATION, correlationId: requestId, reason: 'connect' });
  });

  test('for another link, and for its end', async () => {
    const journey = await connected();
    const [opening, cancelling] = [randomUUID(), randomUUID()];
    const path = `/v1/consents/${journey.consentId}/authorizations`;
    const { json } = await application.call(path, { method: 'POST', headers: under(opening) });
    await application.call(`${path}/${String(json['id'])}`, { method: 'DELETE', headers: under(cancelling) });
    const [, second] = await eventsOf(stack, journey.consentId, 'invitation.opened');
    expect(second).toMatchObject({ actor: APPLICATION, correlationId: opening, reason: 'renew' });
    const cancelled = await onlyEvent(stack, journey.consentId, 'invitation.cancel_requested');
    expect(cancelled).toMatchObject({
      actor: APPLICATION,
      correlationId: cancelling,
      details: { invitationId: json['id'] },
    });
    const closed = await eventsOf(stack, journey.consentId, 'invitation.closed');
    expect(closed.at(-1)).toMatchObject({ actor: 'workflow', reason: 'cancelled', correlationId: json['id'] });
    expect((closed.at(-1)?.seq ?? 0) > cancelled.seq).toBe(true);
  });

  test('to revoke', async () => {
    const journey = await connected();
    const requestId = randomUUID();
    await application.call(`/v1/consents/${journey.consentId}`, { method: 'DELETE', headers: under(requestId) });
    const event = await onlyEvent(stack, journey.consentId, 'revocation.requested');
    expect(event).toMatchObject({ actor: APPLICATION, reason: 'USER_ACTION', correlationId: requestId });
    expect(event.details).toEqual({ initiator: 'INDIVIDUAL' });
  });

  test('to complete', async () => {
    const { consentId } = await Journey.walk(application, { durationType: 'ONE_TIME', durationPeriod: undefined });
    const requestId = randomUUID();
    const path = `/v1/consents/${consentId}/completion`;
    expect((await application.call(path, { method: 'POST', headers: under(requestId) })).status).toBe(202);
    const event = await onlyEvent(stack, consentId, 'consent.completion_requested');
    expect(event).toMatchObject({ actor: APPLICATION, correlationId: requestId });
  });
});

test('the person, who ends it by their link', async () => {
  const journey = await connected();
  await journey.browser.open(journey.launchUrl);
  await journey.browser.submit({ form: 'form[action$="/end"]' });
  const event = await onlyEvent(stack, journey.consentId, 'revocation.requested');
  expect(event).toMatchObject({ actor: 'person', correlationId: expect.any(String) as string });
});

describe('an operator', () => {
  test('on the command line: the action, what it caused and how it ended are one', async () => {
    const journey = await connected();
    const words = ['consents', 'revoke', journey.consentId, '--reason', 'SECURITY_EVENT'];
    expect((await fdxConsent(words, stack.productEnvironment)).code).toBe(0);
    const began = await onlyEvent(stack, journey.consentId, 'operator.began');
    const actionId = began.details['actionId'];
    expect(began).toMatchObject({ reason: 'consents revoke', correlationId: actionId });
    expect(began.actor).toMatch(/^cli:/);
    expect(began.details['subject']).toEqual({ arguments: [journey.consentId] });
    const revoked = await onlyEvent(stack, journey.consentId, 'revocation.requested');
    expect(revoked).toMatchObject({ actor: began.actor, reason: 'SECURITY_EVENT', correlationId: actionId });
    const ended = await onlyEvent(stack, journey.consentId, 'operator.ended');
    expect(ended).toMatchObject({
      actor: began.actor,
      correlationId: actionId,
      details: { actionId, outcome: 'done' },
    });
  });

  test('who decodes what a workflow has stored is in the chain of its consent', async () => {
    const { id } = await requested();
    const requestId = randomUUID();
    const payload = await storedPayload(`consent-${id}`);
    const headers = under(requestId);
    const body = { payloads: [payload] };
    await application.call('/codec/decode', { method: 'POST', key: stack.operatorKey, body, headers });
    const began = await onlyEvent(stack, id, 'operator.began');
    expect(began).toMatchObject({ reason: 'codec decode', correlationId: requestId });
    expect(began.actor).toMatch(/^operator:key_/);
    expect(began.details['subject']).toEqual({ payloads: 1, workflows: [`consent-${id}`] });
    expect(await onlyEvent(stack, id, 'operator.ended')).toMatchObject({ correlationId: requestId });
  });

  test('whose action is about no consent is in the chain of the service, and what they wrote is not', async () => {
    const requestId = randomUUID();
    const place = '/v1/institutions/sandbox-bank';
    const call = { method: 'POST', key: stack.operatorKey, headers: under(requestId) };
    await application.call(`${place}/pause`, { ...call, body: { reason: 'Ms Kim told us' } });
    await application.call(`${place}/resume`, { ...call, headers: under(randomUUID()) });
    const events = (await eventsOf(stack, 'service')).filter(({ correlationId }) => correlationId === requestId);
    expect(events.map(({ type, details }) => [type, details['outcome']])).toEqual([
      ['operator.began', undefined],
      ['operator.ended', 'done'],
    ]);
    expect(events[0]?.details['subject']).toEqual({ institutionId: 'sandbox-bank' });
    expect(JSON.stringify(events)).not.toContain('Kim');
  });
});

test('nothing in a consent’s life is done by nobody, or for no reason', async () => {
  const journey = await Journey.walk(application);
  await journey.renew();
  await application.call(`/v1/consents/${journey.consentId}/accounts`);
  await application.call(`/v1/consents/${journey.consentId}`, { method: 'DELETE' });
  await journey.reaches('revoked');
  const events = await eventsOf(stack, journey.consentId);
  expect(events.length).toBeGreaterThan(30);
  expect(events.filter(({ actor, reason }) => actor === 'unknown' || reason === 'unknown')).toEqual([]);
});
