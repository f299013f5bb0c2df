import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import type { BankProcess } from './support/bank-process';
import type { FapiClient } from './support/fapi-client';
import { type Heard, polled, publicationsAbout, Recipient, subscribe } from './support/recipient';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;
let recipient: Recipient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
  recipient = await Recipient.open();
  await subscribe(client, recipient.callbackUrl);
});
afterAll(async () => {
  await bank.stop();
  await recipient.close();
});
afterEach(async () => {
  await bank.control('DELETE', '/behaviour');
  recipient.answers.length = 0;
});

const behave = (change: object) => bank.control('PUT', '/behaviour', change);
const revokeAtBank = (id: string) => bank.control('POST', `/consents/${id}/revoke`);

async function revoked(): Promise<string> {
  const { fdxConsentId: id } = await client.obtain();
  expect((await revokeAtBank(id)).status).toBe(204);
  return id;
}

const bodyOf = (type: string, id: string, initiator: string): object => ({
  notificationId: expect.any(String) as string,
  type,
  sentOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
  category: 'CONSENT',
  severity: type === 'CONSENT_REVOKED' ? 'EMERGENCY' : 'ALERT',
  priority: type === 'CONSENT_REVOKED' ? 'HIGH' : 'MEDIUM',
  publisher: { name: 'Sandbox Bank', type: 'DATA_PROVIDER' },
  notificationPayload: { id, idType: 'CONSENT', customFields: { name: 'INITIATOR', value: initiator } },
});

async function onlyOne(id: string): Promise<Heard> {
  await publicationsAbout(bank, id);
  const [heard, ...more] = await recipient.hears(id);
  expect(more).toEqual([]);
  if (!heard) throw new Error('nothing heard');
  return heard;
}

describe('what is published', () => {
  it('tells the application when the person ends its consent at the control port', async () => {
    const id = await revoked();
    const { path, headers, notification } = await onlyOne(id);
    expect(notification).toEqual(bodyOf('CONSENT_REVOKED', id, 'INDIVIDUAL'));
    expect([path, headers['content-type']]).toEqual(['/notifications', 'application/json']);
    expect(headers['x-fapi-interaction-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("tells it when the person ends it on the bank's own page", async () => {
    const { fdxConsentId: id } = await client.obtain({ username: 'carol' });
    const browser = client.browser();
    await browser.open(`${bank.issuer}/connections`);
    await browser.submit({ form: '#login', values: { username: 'carol', password: 'ledger' } });
    await browser.submit({ button: 'Stop sharing' });
    await browser.close();
    expect((await onlyOne(id)).notification).toEqual(bodyOf('CONSENT_REVOKED', id, 'INDIVIDUAL'));
  });

  it('echoes what the application itself revokes, and says who began it', async () => {
    const { access_token: token, fdxConsentId: id } = await client.obtain();
    const body = { reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' };
    await client.fdx(token, `/consents/${id}/revocation`, { method: 'PUT', body });
    expect((await onlyOne(id)).notification).toEqual(bodyOf('CONSENT_REVOKED', id, 'DATA_ACCESS_PLATFORM'));
  });

  it.each<[string, object]>([
    ['update', { dataClusters: ['ACCOUNT_DETAILED'] }],
    ['expire', {}],
  ])('tells that a consent is another after %s, and leaves it to the grant to say how', async (deed, body) => {
    const { fdxConsentId: id } = await client.obtain();
    await bank.control('POST', `/consents/${id}/${deed}`, body);
    expect((await onlyOne(id)).notification).toEqual(bodyOf('CONSENT_UPDATED', id, 'DATA_PROVIDER'));
  });

  it("never tells anybody of another application's consents", async () => {
    const { fdxConsentId: id } = await other.obtain();
    await revokeAtBank(id);
    expect(await publicationsAbout(bank, id)).toMatchObject([{ clientId: 'tax-tool', deliveries: [] }]);
    expect(recipient.about(id)).toEqual([]);
    expect([await polled(client, id), await polled(other, id)]).toEqual([
      [],
      [bodyOf('CONSENT_REVOKED', id, 'INDIVIDUAL')],
    ]);
  });

  it('says nothing where the bank revokes silently', async () => {
    const { fdxConsentId: id, access_token: token } = await client.obtain();
    expect((await bank.control('POST', `/consents/${id}/revoke`, { silently: true })).status).toBe(204);
    expect((await client.fdx(token, '/accounts')).status).toBe(401);
    expect([await publicationsAbout(bank, id), await polled(client, id)]).toEqual([[], []]);
  });
});

describe('who publishes', () => {
  const assertionOf = ({ headers }: Heard): string => {
    const [scheme, assertion = ''] = (headers.authorization ?? '').split(' ');
    expect(scheme).toBe('Bearer');
    return assertion;
  };

  const published = async (): Promise<JSONWebKeySet> =>
    (await (await client.fetch(`${bank.issuer}/jwks`, { method: 'GET' } as never)).json()) as JSONWebKeySet;

  const verify = async (assertion: string) =>
    jwtVerify(assertion, createLocalJWKSet(await published()), {
      issuer: bank.issuer,
      subject: bank.issuer,
      audience: recipient.callbackUrl,
      algorithms: ['PS256'],
      requiredClaims: ['iat', 'exp', 'jti'],
    });

  it('is the bank, by an assertion with a key of its jwks_uri, for this callback and for a minute (RFC 7523 §3)', async () => {
    const assertion = assertionOf(await onlyOne(await revoked()));
    const { payload, protectedHeader } = await verify(assertion);
    expect((await published()).keys.map(({ kid }) => kid)).toContain(protectedHeader.kid);
    expect((payload.exp ?? Infinity) - (payload.iat ?? 0)).toBeLessThanOrEqual(60);
  });

  it('is still the bank after its keys have changed', async () => {
    await bank.control('POST', '/keys/rotate', { keepOld: false });
    // The library keeps the keys it has seen for a minute.
    await Promise.all([client.connect(bank), other.connect(bank)]);
    await expect(verify(assertionOf(await onlyOne(await revoked())))).resolves.toBeDefined();
  });

  it('uses an assertion once: another for every attempt', async () => {
    recipient.answers.push(503);
    const heard = await recipient.hears(await revoked(), 2);
    const ids = heard.map((each) => decodeJwt(assertionOf(each)).jti);
    expect(new Set(ids).size).toBe(2);
  });

  it('does not say so where it authenticates by nothing', async () => {
    await behave({ notificationAuthentication: 'none' });
    expect((await onlyOne(await revoked())).headers.authorization).toBeUndefined();
  });

  it("is somebody else under the name of the bank's key where it is forged", async () => {
    await behave({ notificationAuthentication: 'forged' });
    const assertion = assertionOf(await onlyOne(await revoked()));
    expect((await published()).keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(assertion).kid);
    await expect(verify(assertion)).rejects.toHaveProperty('code', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });
});

describe('delivery', () => {
  const statuses = async (id: string) => {
    const [publication] = await publicationsAbout(bank, id);
    return publication?.deliveries.map(({ outcome, attempts }) => [outcome, ...attempts.map(({ status }) => status)]);
  };

  it.each<[string, number[], unknown[]]>([
    ['tries again after a failure', [500], ['delivered', 500, 204]],
    ['tries again when there are too many (RFC 6585 §4)', [429, 302], ['delivered', 429, 302, 204]],
    ['gives up after three tries', [500, 502, 503], ['failed', 500, 502, 503]],
    ['takes a refusal for an answer', [401], ['refused', 401]],
  ])('%s', async (_, answers, outcome) => {
    recipient.answers.push(...answers);
    expect(await statuses(await revoked())).toEqual([outcome]);
  });

  it('tells the same under the same notificationId when it tries again', async () => {
    recipient.answers.push(500);
    const [first, second] = await recipient.hears(await revoked(), 2);
    expect(second?.notification).toEqual(first?.notification);
  });

  it('never keeps the one waiting who caused it, and waits five seconds for an answer', async () => {
    const { access_token: token, fdxConsentId: id } = await client.obtain();
    recipient.answers.push('never');
    const body = { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' };
    const startedAt = performance.now();
    expect((await client.fdx(token, `/consents/${id}/revocation`, { method: 'PUT', body })).status).toBe(204);
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect(await publicationsAbout(bank, id)).toMatchObject([
      { deliveries: [{ outcome: 'delivered', attempts: [{ status: null, error: 'TimeoutError' }, { status: 204 }] }] },
    ]);
    expect(performance.now() - startedAt).toBeGreaterThan(5000);
  });

  it('logs a failure without assertion or path', async () => {
    const secretive = await Recipient.open();
    await subscribe(other, `${secretive.url}/hook-8c1f`);
    secretive.answers.push(400);
    const { fdxConsentId: id } = await other.obtain();
    await revokeAtBank(id);
    const [heard] = await secretive.hears(id);
    expect(await statuses(id)).toEqual([['refused', 400]]);
    expect(bank.output).toContain(heard?.notification.notificationId);
    expect(bank.output).not.toContain('hook-8c1f');
    expect(bank.output).not.toContain('Bearer');
    await secretive.close();
  });

  it('says what it could not reach', async () => {
    const gone = await Recipient.open();
    await gone.close();
    await subscribe(other, gone.callbackUrl);
    const { fdxConsentId: id } = await other.obtain();
    await revokeAtBank(id);
    const [publication] = await publicationsAbout(bank, id);
    const attempt = { status: null, error: 'ECONNREFUSED' };
    const delivery = publication?.deliveries.find(({ callbackUrl }) => callbackUrl === gone.callbackUrl);
    expect(delivery).toMatchObject({ outcome: 'failed', attempts: [attempt, attempt, attempt] });
  });
});

describe('a bank that publishes badly', () => {
  it('loses a notification: it is neither sent nor there to be asked for', async () => {
    await behave({ publishNotifications: false });
    const id = await revoked();
    expect(await publicationsAbout(bank, id)).toMatchObject([{ isLost: true, deliveries: [] }]);
    expect([recipient.about(id), await polled(client, id)]).toEqual([[], []]);
  });

  it('sends each twice under one notificationId', async () => {
    await behave({ duplicateNotifications: true });
    const [one, two] = await recipient.hears(await revoked(), 2);
    expect(two?.notification).toEqual(one?.notification);
    expect(two?.headers.authorization).not.toBe(one?.headers.authorization);
  });
});
