import { currentStack } from '../setup/stack-access';
import { Application, consentRequest } from './support/application';
import { query } from './support/database';
import { Journey } from './support/journey';
import { pageBlock } from './support/page-block';
import { registrationFileFor, RegistrationDesk } from './support/registration';
import { reserveBank } from './support/reservation';

const stack = currentStack();
const commandsOnPage = pageBlock('docs/registration.md', 'commands');
const application = new Application(stack);
const bank = reserveBank(stack);
const desk = new RegistrationDesk(stack);

const offered = async (): Promise<string[]> => {
  const { json } = await application.call('/v1/institutions');
  return (json as { institutions: { id: string }[] }).institutions.map(({ id }) => id);
};

const posts = async (): Promise<number> =>
  (await bank.requests('registration')).filter(({ method }) => method === 'POST').length;

/** The sealed registration access token: it changes when the bank rotates it. */
const sealedToken = async (id: string): Promise<unknown> =>
  (await query(stack, 'SELECT access_token_jwe FROM registrations WHERE institution_id = $1', [id]))[0]?.[
    'access_token_jwe'
  ];

async function registered(): Promise<ReturnType<typeof registrationFileFor>> {
  const file = registrationFileFor(stack);
  expect(await desk.register(file)).toMatchObject({ outcome: 'registered' });
  return file;
}

describe('registering at a bank', () => {
  test('makes an institution with which a consent becomes active', async () => {
    const file = registrationFileFor(stack);
    const result = await desk.register(file);
    expect(result).toMatchObject({
      institutionId: file.id,
      outcome: 'registered',
      possibleOrphans: 0,
      differences: [],
    });
    expect(await desk.show(file.id)).toMatchObject({
      status: 'registered',
      clientId: result.clientId,
      endpoint: `${stack.urls.bank}/register`,
      isManaged: true,
      metadata: {
        ...file.registration.metadata,
        redirect_uris: [`${stack.urls.api}/callback`],
        jwks_uri: `${stack.urls.api}/.well-known/jwks.json`,
        token_endpoint_auth_method: 'private_key_jwt',
        scope: expect.stringContaining('fdx:accountdetailed:read') as string,
      },
    });
    const journey = await Journey.walk(application, { institutionId: file.id });
    expect(await journey.consent()).toMatchObject({ status: 'active', difference: { outcome: 'in_full' } });
  });

  test('and everything that the page does with it afterwards prints its steps for a person', async () => {
    const file = registrationFileFor(stack);
    const commands = commandsOnPage.text({ 'first-example-bank': file.id });
    const { failed, stdout } = await desk.typed(commands, file);
    expect(failed).toEqual([]);
    expect(stdout).toMatch(/^register registered-\w+: workflow registration\/registered-/);
    expect(stdout).toContain('metadata read');
    expect(stdout).toMatch(/^registered-\w+: registered, client id \S+$/m);
    expect((await desk.show(file.id)).status).toBe('deleted');
  });

  test('whose answer is lost once is done again, and the client that may be left there is written down', async () => {
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'answer_lost' } });
    const file = registrationFileFor(stack);
    expect(await desk.register(file)).toMatchObject({ outcome: 'registered', possibleOrphans: 1 });
    expect(await posts()).toBe(2);
    const { possibleOrphans } = await desk.show(file.id);
    expect(possibleOrphans).toHaveLength(1);
    expect(Math.abs(Date.now() - Date.parse(possibleOrphans[0] ?? ''))).toBeLessThan(60_000);
  });

  test('whose answer is always lost is tried three times and then left to the operator', async () => {
    await bank.plant({ endpoint: 'registration', fault: { kind: 'answer_lost' } });
    const file = registrationFileFor(stack);
    expect(await desk.register(file)).toMatchObject({
      outcome: 'failed',
      possibleOrphans: 3,
      failure: { code: 'registration_unknown' },
    });
    expect(await posts()).toBe(3);
    expect(await desk.show(file.id)).toMatchObject({ status: 'failed', failure: { code: 'registration_unknown' } });
    expect(await offered()).not.toContain(file.id);

    await bank.heal();
    expect(await desk.register(file)).toMatchObject({ outcome: 'registered', possibleOrphans: 3 });
  });

  test('with an answer that cannot be read fails, and counts as a client that may be left at the bank', async () => {
    const fault = { kind: 'status', status: 201, body: 'Welcome!' } as const;
    await bank.plant({ endpoint: 'registration', times: 1, fault });
    const file = registrationFileFor(stack);
    expect(await desk.register(file)).toMatchObject({
      outcome: 'failed',
      possibleOrphans: 1,
      failure: { code: 'as_response_invalid' },
    });
    expect(await posts()).toBe(1);
    expect(await desk.register(file)).toMatchObject({ outcome: 'registered', possibleOrphans: 1 });
  });

  test('that the bank refuses fails with the bank’s error name, and may be tried again', async () => {
    const file = registrationFileFor(stack, {}, { lookback_period: 3_650, scope: 'openid nothing:of:this:bank' });
    expect(await desk.register(file)).toMatchObject({
      outcome: 'failed',
      possibleOrphans: 0,
      failure: { code: 'registration_refused', detail: 'invalid_client_metadata.' },
    });
    expect(await desk.register(registrationFileFor(stack, { id: file.id }))).toMatchObject({ outcome: 'registered' });
  });

  test('is not done twice for one institution', async () => {
    const file = await registered();
    expect(await desk.register(file)).toMatchObject({ outcome: 'failed', failure: { code: 'registration_exists' } });
    expect(await posts()).toBe(1);
    expect(await desk.show(file.id)).toMatchObject({ status: 'registered' });
  });

  test('by two operators at once is one operation, and the second is told', async () => {
    await bank.plant({ endpoint: 'registration', fault: { kind: 'delay', milliseconds: 3_000 } });
    const file = registrationFileFor(stack);
    const both = await Promise.allSettled([desk.register(file), desk.register(file)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('Another operation on this registration is under way') as string },
    });
    expect(await posts()).toBe(1);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a client with a secret', { token_endpoint_auth_method: 'client_secret_basic', client_secret: 's'.repeat(32) }],
    ['another redirect URI', { redirect_uris: ['https://elsewhere.example/callback'] }],
    ['a weak ID token', { id_token_signed_response_alg: 'RS256' }],
  ])('with %s for an answer is refused, and the client deleted at the bank again', async (_, set) => {
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'rewrite_json', set } });
    const file = registrationFileFor(stack);
    expect(await desk.register(file)).toMatchObject({ outcome: 'failed', failure: { code: 'registration_weakened' } });
    const methods = (await bank.requests('registration')).map(({ method, status }) => `${method} ${status ?? '-'}`);
    expect(methods).toEqual(['POST 201', 'DELETE 204']);
    expect(await desk.show(file.id)).toMatchObject({ status: 'failed', isManaged: false });
    expect(await offered()).not.toContain(file.id);
  });

  test('is not asked for at a bank that cannot do what the profile needs', async () => {
    const set = { id_token_signing_alg_values_supported: ['RS256'] };
    await bank.plant({ endpoint: 'discovery', fault: { kind: 'rewrite_json', set } });
    const file = registrationFileFor(stack);
    expect(await desk.register(file)).toMatchObject({ outcome: 'failed', failure: { code: 'as_metadata_unusable' } });
    expect(await posts()).toBe(0);
  });
});

describe('a registration', () => {
  test('is updated with what we are now, and its rotated token opens the next update', async () => {
    const file = await registered();
    const before = await sealedToken(file.id);
    const changed = {
      ...file,
      registration: { ...file.registration, metadata: { ...file.registration.metadata, lookback_period: 30 } },
    };
    expect(await desk.update(file.id, changed)).toMatchObject({ outcome: 'updated', differences: [] });
    const between = await sealedToken(file.id);
    expect(between).not.toBe(before);
    expect(await desk.show(file.id)).toMatchObject({ status: 'registered', metadata: { lookback_period: 30 } });

    expect(await desk.update(file.id)).toMatchObject({ outcome: 'updated' });
    expect(await sealedToken(file.id)).not.toBe(between);
    const journey = await Journey.walk(application, { institutionId: file.id });
    expect((await journey.consent()).status).toBe('active');
  });

  test('whose update the bank refuses stays as it was', async () => {
    const file = await registered();
    const refused = {
      ...file.registration,
      metadata: { ...file.registration.metadata, scope: 'nothing:of:this:bank' },
    };
    expect(await desk.update(file.id, { ...file, registration: refused })).toMatchObject({
      outcome: 'failed',
      failure: { code: 'registration_refused' },
    });
    const view = await desk.show(file.id);
    expect(view).toMatchObject({ status: 'registered', failure: { code: 'registration_refused' } });
    expect(view.request).toEqual(file.registration);
    expect(await offered()).toContain(file.id);
  });

  test('is deleted at the bank; the institution is not offered any more, and can be registered again', async () => {
    const file = await registered();
    expect(await offered()).toContain(file.id);
    expect(await desk.delete(file.id)).toMatchObject({ outcome: 'deleted' });
    expect(await desk.show(file.id)).toMatchObject({ status: 'deleted', isManaged: false });
    expect(await offered()).not.toContain(file.id);
    const refused = await application.call('/v1/consents', {
      method: 'POST',
      body: consentRequest({ institutionId: file.id }),
    });
    expect([refused.status, refused.json['code']]).toEqual([422, 'institution_unknown']);
    expect(await desk.register(file)).toMatchObject({ outcome: 'registered' });
    expect(await offered()).toContain(file.id);
  });

  test('whose deletion was answered and the answer lost counts as deleted once a read confirms it', async () => {
    const file = await registered();
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'answer_lost' } });
    expect(await desk.delete(file.id)).toMatchObject({ outcome: 'deleted' });
    const methods = (await bank.requests('registration')).map(({ method, status }) => `${method} ${status ?? '-'}`);
    expect(methods).toEqual(['POST 201', 'DELETE -', 'DELETE 401', 'GET 401']);
  });

  test('is not deleted while a consent there has not ended, unless forced; its consents keep their evidence', async () => {
    const file = await registered();
    const journey = await Journey.walk(application, { institutionId: file.id });
    expect(await desk.delete(file.id)).toMatchObject({ outcome: 'failed', failure: { code: 'registration_in_use' } });
    expect(await offered()).toContain(file.id);

    expect(await desk.delete(file.id, '--force')).toMatchObject({ outcome: 'deleted' });
    expect(await offered()).not.toContain(file.id);
    expect((await journey.consent()).status).toBe('active');
    expect((await application.call(`/v1/consents/${journey.consentId}/receipt`)).status).toBe(200);
  });

  test('that the bank no longer knows is only forgotten by force', async () => {
    const file = await registered();
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'status', status: 401 } });
    expect(await desk.delete(file.id)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'registration_token_rejected' },
    });
    expect(await offered()).toContain(file.id);
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'status', status: 401 } });
    expect(await desk.delete(file.id, '--force')).toMatchObject({ outcome: 'deleted' });
    expect(await desk.show(file.id)).toMatchObject({
      status: 'deleted',
      failure: { code: 'registration_token_rejected' },
    });
  });
});

describe('a rotated token that was lost with its answer', () => {
  const rotate = async (isRotating: boolean): Promise<void> => {
    await fetch(`${stack.urls.bankControl}/behaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rotateRegistrationTokens: isRotating }),
    });
  };
  afterEach(() => rotate(true));

  test('cannot be had again: the client works and the operator is told', async () => {
    const file = await registered();
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'answer_lost' } });
    expect(await desk.update(file.id)).toMatchObject({ failure: { code: 'registration_token_rejected' } });
    expect(await desk.show(file.id)).toMatchObject({ status: 'registered' });
    const journey = await Journey.walk(application, { institutionId: file.id });
    expect((await journey.consent()).status).toBe('active');
  });

  test('does not matter at a bank that does not rotate: the same metadata are sent again', async () => {
    await rotate(false);
    const file = await registered();
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'answer_lost' } });
    expect(await desk.update(file.id)).toMatchObject({ outcome: 'updated' });
  });
});

describe('over HTTP', () => {
  const call = (id: string, method: string, body?: object, key = stack.operatorKey, query = '') =>
    application.call(`/v1/institutions/${id}/registration${query}`, { method, key, ...(body && { body }) });

  test('an operator reads, updates and deletes a registration; an application does not', async () => {
    const file = await registered();
    const read = await call(file.id, 'GET');
    expect([read.status, read.json['status']]).toEqual([200, 'registered']);
    expect(read.text).not.toContain('registration_access_token');
    const updated = await call(file.id, 'PUT', {});
    expect([updated.status, updated.json['outcome']]).toEqual([200, 'updated']);
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      expect((await call(file.id, method, undefined, stack.applicationKey)).status).toBe(403);
    }
    const deleted = await call(file.id, 'DELETE');
    expect([deleted.status, deleted.json['outcome']]).toEqual([200, 'deleted']);
    const again = await call(file.id, 'DELETE');
    expect([again.status, again.json['code']]).toEqual([404, 'registration_not_found']);
  });

  test('what cannot be right is told before anything begins', async () => {
    const file = registrationFileFor(stack);
    const withFile = await call(file.id, 'POST', file);
    expect([withFile.status, withFile.json['errors']]).toEqual([
      422,
      [{ path: 'caFile', message: expect.stringContaining('command line') as string }],
    ]);
    const misnamed = await call('another-id', 'POST', { ...file, caFile: undefined });
    expect([misnamed.status, misnamed.json['code']]).toEqual([422, 'institution_invalid']);
    const badToken = await call(file.id, 'POST', { ...file, caFile: undefined, initialAccessToken: 'two words' });
    expect(badToken.json['errors']).toMatchObject([{ path: 'initialAccessToken' }]);
    expect((await call(file.id, 'GET')).status).toBe(404);
    expect((await call(file.id, 'PUT', {})).status).toBe(404);
  });

  test.each(['%00', 'a%00b', 'UPPER', 'a'.repeat(300), '..%2f'])('an id like %s names nothing', async (id) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, json } = await call(id, method, method === 'PUT' ? {} : undefined);
      expect([method, status, json['code']]).toEqual([method, 404, 'registration_not_found']);
    }
  });
});
