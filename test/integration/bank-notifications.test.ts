import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureCertificates } from '../../scripts/setup/certificates';
import { thumbprintIn } from '../../src/notifications/client-certificate';
import { Application } from './support/application';
import { query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { newKey, PublishingBank, type Publication } from './support/publishing-bank';
import { bankReports } from './support/signals';
import { until } from './support/until';

let own: PrivateStack;
let bank: PublishingBank;
let application: Application;
let certificateHeader: string;

beforeAll(async () => {
  own = await startPrivateStack({
    apis: 2,
    apiEnv: { CLIENT_CERT_HEADER: 'true' },
    // The bank keeps its records in memory: it does not go down with our database.
    bankEnv: { SANDBOX_DATABASE_URL: '' },
  });
  const { client } = await ensureCertificates(path.dirname(own.stack.caFile));
  const pem = await readFile(client.certificateFile, 'utf8');
  certificateHeader = `:${pem.replace(/-----[^-]+-----|\s/g, '')}:`;
  bank = await PublishingBank.start(own.stack, {
    notifications: { certificateThumbprints: [thumbprintIn(certificateHeader)] },
  });
  application = new Application(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await bank.stop();
  await own.end();
});
afterEach(() => {
  bank.respond = () => undefined;
});

interface Granted {
  readonly consentId: string;
  readonly bankConsentId: string;
  readonly authorizationId: string;
}

async function grant(): Promise<Granted> {
  const journey = await Journey.walk(application, { institutionId: bank.institutionId });
  await journey.reaches('active');
  const [row] = await query(own.stack, 'SELECT authorization_id, bank_consent_id FROM grants WHERE consent_id = $1', [
    journey.consentId,
  ]);
  return {
    consentId: journey.consentId,
    bankConsentId: String(row?.['bank_consent_id']),
    authorizationId: String(row?.['authorization_id']),
  };
}

const handled = (notificationId: string) =>
  until(
    'the notification is handled',
    async () => {
      const [row] = await bank.kept(notificationId);
      return row?.['handled_at'] instanceof Date && row;
    },
    50_000,
  );

const countKept = async (): Promise<number> =>
  Number((await query(own.stack, 'SELECT count(*) FROM bank_notifications'))[0]?.['count']);

describe('a notification of a bank', () => {
  test('is stored, and the consent’s workflow is told once, however often and wherever it is sent', async () => {
    const { consentId, bankConsentId, authorizationId } = await grant();
    const notification = bank.notification(bankConsentId);
    const answer = await bank.publish(notification);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await handled(String(notification['notificationId']))).toMatchObject({
      institution_id: bank.institutionId,
      type: 'CONSENT_REVOKED',
      bank_consent_id: bankConsentId,
      consent_id: consentId,
      source: 'pushed',
      outcome: 'told',
    });
    for (const at of own.stack.urls.apis) expect((await bank.publish(notification, { at })).status).toBe(204);
    expect(await bank.kept(String(notification['notificationId']))).toHaveLength(1);
    expect(await bankReports(own.stack, consentId)).toEqual([
      { source: 'notification', authorizationId, says: 'revoked' },
    ]);
  });

  test('is taken in with a certificate that its proxy has seen', async () => {
    const { consentId, bankConsentId } = await grant();
    const notification = bank.notification(bankConsentId);
    const answer = await bank.publish(notification, {
      assertion: null,
      headers: { 'client-cert': certificateHeader },
    });
    expect(answer.status).toBe(204);
    expect(await handled(String(notification['notificationId']))).toMatchObject({ consent_id: consentId });
  });

  test.each<[string, string, object, string]>([
    ['of a consent that nobody knows', 'unheard-of', {}, 'unknown_consent'],
    ['of something else', 'unheard-of', { type: 'PLANNED_OUTAGE' }, 'ignored'],
  ])('%s is stored and tells nobody', async (_, bankConsentId, changes, outcome) => {
    const notification = bank.notification(bankConsentId, changes);
    expect((await bank.publish(notification)).status).toBe(204);
    const [row] = await bank.kept(String(notification['notificationId']));
    expect(row).toMatchObject({ outcome, consent_id: null, handled_at: expect.any(Date) as Date });
  });

  test('of a grant that was replaced is stored and tells nobody', async () => {
    const { consentId, bankConsentId } = await grant();
    await query(own.stack, 'UPDATE grants SET superseded_at = now() WHERE consent_id = $1', [consentId]);
    const notification = bank.notification(bankConsentId);
    expect((await bank.publish(notification)).status).toBe(204);
    const [row] = await bank.kept(String(notification['notificationId']));
    expect(row).toMatchObject({ outcome: 'not_in_use', consent_id: consentId });
    expect(await bankReports(own.stack, consentId)).toEqual([]);
  });

  test('of another bank’s consent is of a consent that nobody knows there', async () => {
    const { consentId, bankConsentId } = await grant();
    const other = await PublishingBank.start(own.stack);
    const notification = other.notification(bankConsentId);
    expect((await other.publish(notification)).status).toBe(204);
    expect(await other.kept(String(notification['notificationId']))).toMatchObject([
      { institution_id: other.institutionId, outcome: 'unknown_consent' },
    ]);
    expect(await bankReports(own.stack, consentId)).toEqual([]);
    await other.stop();
  });

  test('is told by the sweep when the engine was away, after the bank had its 204', async () => {
    const { consentId, bankConsentId, authorizationId } = await grant();
    const notification = bank.notification(bankConsentId);
    own.child('temporal').pause();
    try {
      expect((await bank.publish(notification)).status).toBe(204);
      const [row] = await bank.kept(String(notification['notificationId']));
      expect(row).toMatchObject({ outcome: null, handled_at: null, consent_id: consentId });
      // Until whoever took it in has given up.
      await until('the API has given up', async () =>
        (await readFile(path.join(own.stack.logDirectory, 'api.log'), 'utf8')).includes('waits for the sweep'),
      );
    } finally {
      own.child('temporal').resume();
    }
    expect(await handled(String(notification['notificationId']))).toMatchObject({ outcome: 'told' });
    expect(await bankReports(own.stack, consentId)).toContainEqual({
      source: 'notification',
      authorizationId,
      says: 'revoked',
    });
  }, 120_000);

  test('is answered with 503 and not with 204 while it cannot be stored', async () => {
    const notification = bank.notification('unheard-of');
    const assertion = await bank.assertion();
    await own.child('postgres').kill();
    try {
      const answer = await bank.publish(notification, { assertion });
      expect([answer.status, answer.json['code']]).toEqual([503, 'store_unavailable']);
    } finally {
      await own.child('postgres').restart();
    }
    // Its assertion was not spent either.
    await until('the database is back', async () => (await bank.publish(notification, { assertion })).status === 204);
  }, 120_000);
});

describe('what does not come from a bank is refused and nothing of it stored', () => {
  const refused = async (publication: Publication, at = bank): Promise<void> => {
    const before = await countKept();
    let answer = await at.publish(at.notification('unheard-of'), publication);
    // A bank that is told to come again, because its keys did not come in time on a busy machine, does.
    await until('the keys were read', async () => {
      if (answer.status === 503) answer = await at.publish(at.notification('unheard-of'), publication);
      return answer.status !== 503;
    });
    expect([answer.status, answer.json['code']]).toEqual([401, 'publisher_unauthenticated']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.json).toMatchObject({ fix: expect.any(String) as string, detail: expect.any(String) as string });
    expect(await countKept()).toBe(before);
  };

  test('without any authentication, with an API key, and with a scheme of its own', async () => {
    await refused({ assertion: null });
    await refused({ assertion: own.stack.operatorKey });
    await refused({ assertion: null, headers: { authorization: 'Basic YTpi' } });
  });

  test.each<[string, object]>([
    ['for somebody else', { aud: 'https://elsewhere.example/notifications' }],
    ['of an issuer that nobody knows', { iss: 'https://unknown.example', sub: 'https://unknown.example' }],
    ['of an issuer with NUL', { iss: 'https://a\0' }],
    ['whose time is over', { iat: 1, exp: 2 }],
    ['that is good for a day', { exp: Math.floor(Date.now() / 1000) + 86_400 }],
    ['without jti', { jti: undefined }],
  ])('an assertion %s', (_, claims) => refused({ claims }));

  test('an assertion that a stranger has signed, under the name of the bank’s key or his own', async () => {
    await refused({ key: await newKey(bank.published[0]?.kid) });
    await refused({ key: await newKey() });
  });

  test('an assertion of one bank’s keys under the issuer of another', async () => {
    await bank.configure({ notifications: {}, issuer: 'https://another-bank.example' });
    await refused({});
    await bank.configure({ notifications: { certificateThumbprints: [thumbprintIn(certificateHeader)] } });
  });

  test('an assertion that was used before, at whichever process', async () => {
    const assertion = await bank.assertion();
    expect((await bank.publish(bank.notification('unheard-of'), { assertion })).status).toBe(204);
    for (const at of own.stack.urls.apis) await refused({ assertion, at });
  });

  test('a certificate that no profile names, one that is none, and a header twice', async () => {
    const { renewedClient } = await ensureCertificates(path.dirname(own.stack.caFile));
    const pem = await readFile(renewedClient.certificateFile, 'utf8');
    for (const header of [
      `:${pem.replace(/-----[^-]+-----|\s/g, '')}:`,
      ':AAAA:',
      `${certificateHeader}, ${certificateHeader}`,
    ]) {
      await refused({ assertion: null, headers: { 'client-cert': header } });
    }
  });
});

describe('a body that cannot be right is never an accident of ours', () => {
  const valid = () => bank.notification('unheard-of');
  test.each<[string, () => string | object, number, string]>([
    ['no JSON', () => '{', 400, 'request_malformed'],
    ['a list', () => [valid()], 400, 'request_invalid'],
    ['a number', () => '7', 400, 'request_malformed'],
    ['nothing', () => '', 400, 'request_invalid'],
    ['no id', () => ({ ...valid(), notificationId: undefined }), 400, 'request_invalid'],
    ['NUL in the id', () => ({ ...valid(), notificationId: 'a\0b' }), 400, 'request_invalid'],
    ['NUL in the type', () => ({ ...valid(), type: '\0' }), 400, 'request_invalid'],
    ['NUL in the consent id', () => bank.notification('a\0b'), 400, 'request_invalid'],
    ['half a surrogate pair', () => bank.notification('\ud800'), 400, 'request_invalid'],
    ['no consent id', () => ({ ...valid(), notificationPayload: {} }), 400, 'request_invalid'],
    ['__proto__', () => JSON.stringify(valid()).replace('{', '{"__proto__":{"type":7},'), 204, ''],
    ['more than 64 kB', () => ({ ...valid(), more: 'x'.repeat(70_000) }), 413, 'request_too_large'],
  ])('with %s', async (_, body, status, code) => {
    const before = await countKept();
    const answer = await bank.publish(body());
    expect([answer.status, answer.json['code'] ?? '']).toEqual([status, code]);
    if (status !== 204) expect(await countKept()).toBe(before);
  });

  test('or is not said to be JSON', async () => {
    const answer = await bank.publish(valid(), { headers: { 'content-type': 'text/plain' } });
    expect([answer.status, answer.json['code']]).toEqual([415, 'media_type_unsupported']);
  });

  test('does not spend the assertion', async () => {
    const assertion = await bank.assertion();
    expect((await bank.publish({}, { assertion })).status).toBe(400);
    expect((await bank.publish(valid(), { assertion })).status).toBe(204);
  });
});

describe('the keys of a bank', () => {
  test('that it has changed are read once more', async () => {
    await bank.publish(bank.notification('unheard-of'));
    bank.published = [await newKey()];
    // Within the seconds in which nobody can make us ask again, a new key is nobody's.
    const notification = bank.notification('unheard-of');
    await until('the new key counts', async () => (await bank.publish(notification)).status === 204, 15_000);
  });

  test('that cannot be read make it come again', async () => {
    const silent = await PublishingBank.start(own.stack);
    silent.respond = () => ({ status: 503 });
    const answer = await silent.publish(silent.notification('unheard-of', { notificationId: randomUUID() }));
    expect([answer.status, answer.json['code']]).toEqual([503, 'as_keys_unreachable']);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    await silent.stop();
  });
});
