import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Application, consentRequest } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent, startFdxConsent } from './support/command';
import { query } from './support/database';
import { Grants } from './support/grants';
import { Journey } from './support/journey';
import { CREDENTIALS, REGION, startLocalKms, type LocalKms } from './support/local-kms';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';
import { openWorkbench } from './support/workbench';

const TEST_MS = 240_000;

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let kms: LocalKms | undefined;

beforeAll(async () => {
  own = await startPrivateStack();
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await kms?.stop();
  await own.end();
});
beforeEach(() => bank.reset());

interface Opening {
  readonly at: string;
  readonly openedBy: string;
  readonly reason: string;
  readonly purpose: string;
  readonly row: string;
}

async function openingsOf(consentId: string): Promise<readonly Opening[]> {
  const { json } = await fdxConsent(['vault', 'openings', consentId, '--json'], own.stack.productEnvironment);
  return json['openings'] as readonly Opening[];
}

const revoke = ({ consentId }: Journey) => application.call(`/v1/consents/${consentId}`, { method: 'DELETE' });

describe('in the life of a consent', () => {
  test(
    'each opening of its secrets has its row: who, what for, and which secret',
    async () => {
      const journey = await Journey.walk(application);
      await journey.reaches('active');
      const first = await grants.inUse(journey.consentId);
      const connected = await openingsOf(journey.consentId);
      expect(connected.every(({ openedBy }) => openedBy === `workflow:consent-${journey.consentId}`)).toBe(true);
      expect(connected.map(({ reason, purpose }) => `${reason}: ${purpose}`)).toEqual(
        expect.arrayContaining([
          'pushAuthorizationRequest: authorization-secrets',
          'exchangeCode: authorization-secrets',
          'exchangeCode: authorization-code',
          'readGrant: tokens',
          'proveDataAccess: tokens',
        ]),
      );
      expect(new Set(connected.map(({ row }) => row))).toEqual(new Set([first.authorizationId]));

      // A doubt refreshes; a renewal ends the grant before; a revocation ends the last one.
      const workbench = await openWorkbench(own.stack);
      await workbench.report(journey.consentId);
      await workbench.close();
      await until('the review', async () =>
        (await openingsOf(journey.consentId)).some(({ reason }) => reason === 'reviewGrant'),
      );
      await journey.renew();
      await grants.destroyed(journey.consentId, first.authorizationId);
      const second = await grants.inUse(journey.consentId);
      expect((await revoke(journey)).status).toBe(200);
      await grants.destroyed(journey.consentId);

      const all = await openingsOf(journey.consentId);
      const rowsOf = (reason: string) => all.filter((opening) => opening.reason === reason).map(({ row }) => row);
      expect(rowsOf('exchangeCode')).toEqual(expect.arrayContaining([first.authorizationId, second.authorizationId]));
      expect(rowsOf('endGrantAtBank')).toEqual(expect.arrayContaining([first.authorizationId, second.authorizationId]));
      expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
      const limited = await fdxConsent(
        ['vault', 'openings', journey.consentId, '--limit', '2'],
        own.stack.productEnvironment,
      );
      expect(limited.stdout.trim().split('\n')).toHaveLength(3);
    },
    TEST_MS,
  );

  test('the service’s own secrets are opened at the start and by commands, and nothing by nobody', async () => {
    expect(
      (await fdxConsent(['keys', 'rotate', '--purpose', 'receipt', '--lead', '0s'], own.stack.productEnvironment)).code,
    ).toBe(0);
    const services = await query(
      own.stack,
      `SELECT DISTINCT actor AS opened_by, event::jsonb ->> 'reason' AS reason, event::jsonb #>> '{details,purpose}' AS purpose
         FROM audit_events WHERE chain = 'service' AND type = 'secret.opened'`,
    );
    expect(services).toEqual(
      expect.arrayContaining([
        { opened_by: 'api', reason: 'start', purpose: 'service-secret' },
        { opened_by: 'worker', reason: 'start', purpose: 'signing-key' },
      ]),
    );
    expect(
      await query(
        own.stack,
        `SELECT event FROM audit_events WHERE actor = 'unknown' OR event::jsonb ->> 'reason' = 'unknown'`,
      ),
    ).toEqual([]);
  });

  test(
    'a database that refuses the row keeps the secret closed: the bank hears nothing until it is written',
    async () => {
      const journey = await Journey.walk(application);
      await journey.reaches('active');
      const before = (await openingsOf(journey.consentId)).length;
      await query(
        own.stack,
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
      );
      await query(
        own.stack,
        `CREATE TRIGGER refused BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW.type = 'secret.opened') EXECUTE FUNCTION refuse()`,
      );
      await bank.reset();
      expect((await revoke(journey)).status).toBe(200);
      await until('an attempt to end the grant', async () => {
        const log = await readFile(own.child('worker').logFile, 'utf8');
        return log.includes('VaultError: an event cannot be written down');
      });
      expect(await bank.requests('revocation')).toEqual([]);
      expect((await openingsOf(journey.consentId)).length).toBe(before);
      await query(own.stack, 'DROP TRIGGER refused ON audit_events');
      await grants.destroyed(journey.consentId, undefined, 120_000);
      expect((await bank.requests('revocation')).length).toBeGreaterThan(0);
    },
    TEST_MS,
  );
});

/** One process after the other gets other settings, as a rolling restart does it: meanwhile they have different keys. */
async function rollTo(settings: Record<string, string>): Promise<void> {
  Object.assign(own.stack.productEnvironment, settings);
  for (const name of ['worker', 'api'] as const) await own.child(name).restart(settings);
}

const vault = (...words: string[]) => fdxConsent(['vault', ...words, '--json'], own.stack.productEnvironment);

describe('a rotation of the wrapping key', () => {
  test(
    'loses nothing: consents go on before, during and after it, and the old key can go',
    async () => {
      const oldKey = own.stack.productEnvironment['VAULT_KEYS'] ?? '';
      const newKey = `second:${randomBytes(32).toString('base64url')}`;
      const before = await Promise.all([Journey.walk(application), Journey.walk(application)]);
      // Enough of them that the command can be killed between two batches.
      for (let index = 0; index < 120; index += 1) await application.request();

      await rollTo({ VAULT_KEYS: `${oldKey},${newKey}` });
      await rollTo({ VAULT_KEYS: `${newKey},${oldKey}` });
      const between = await Journey.walk(application);
      expect((await between.reaches('active')).status).toBe('active');

      await query(
        own.stack,
        `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$`,
      );
      await query(
        own.stack,
        `CREATE TRIGGER slow AFTER UPDATE OF wrapped_with ON data_keys FOR EACH STATEMENT EXECUTE FUNCTION dawdle()`,
      );
      const rewrapped = `SELECT 1 FROM data_keys WHERE wrapped_with = 'second' AND consent_id = ANY($1)`;
      const ids = before.map(({ consentId }) => consentId);
      const command = startFdxConsent(['vault', 'rewrap'], own.stack.productEnvironment);
      // Looked for in the database: starting a command takes longer than a batch on a busy machine.
      await until('the first batch', async () => (await query(own.stack, rewrapped, [ids])).length > 0);
      command.kill('SIGKILL');
      await command.result;
      expect(Number((await vault('status')).json['left'])).toBeGreaterThan(0);

      const [used, idle] = before;
      const [rest, renewed] = await Promise.all([vault('rewrap'), used.renew()]);
      expect(rest).toMatchObject({ code: 0, json: { broken: [], left: 0 } });
      expect(renewed).toBeDefined();
      await rollTo({ VAULT_KEYS: newKey });

      for (const journey of [...before, between]) expect((await journey.consent()).status).toBe('active');
      expect((await idle.renew()).consentId).toBe(idle.consentId);
      for (const journey of [...before, between]) {
        expect((await revoke(journey)).status).toBe(200);
        await grants.destroyed(journey.consentId);
        await until('the bank to have been told', async () => (await journey.consent()).bankEnding === 'done');
      }
      expect(
        await query(
          own.stack,
          `SELECT event FROM audit_events WHERE actor = 'unknown' OR event::jsonb ->> 'reason' = 'unknown'`,
        ),
      ).toEqual([]);
    },
    TEST_MS,
  );
});

describe('a move from the environment to AWS KMS', () => {
  test(
    'is a rotation too: consents go on, and no wrapping key is left with us',
    async () => {
      kms = await startLocalKms();
      const keyId = await kms.createKey();
      const journey = await Journey.walk(application);
      await query(own.stack, 'DROP TRIGGER slow ON data_keys');
      const address = { VAULT_KMS_KEY_ID: keyId, VAULT_KMS_REGION: REGION, VAULT_KMS_ENDPOINT: kms.url };
      await rollTo({ ...CREDENTIALS, ...address, VAULT_WRAP_WITH: 'environment' });
      await rollTo({ VAULT_WRAP_WITH: '' });
      const between = await Journey.walk(application);
      expect(await vault('rewrap')).toMatchObject({ code: 0, json: { broken: [], left: 0 } });
      expect((await vault('status')).json).toMatchObject({ current: `aws-kms:${keyId}`, service: `aws-kms:${keyId}` });
      await rollTo({ VAULT_KEYS: '' });

      for (const each of [journey, between]) {
        await each.renew();
        expect((await revoke(each)).status).toBe(200);
        await grants.destroyed(each.consentId);
      }
      // What is in no memory waits for KMS; what it is for, in the API, is told so.
      await kms.stop();
      const answer = await application.call('/v1/consents', { method: 'POST', body: consentRequest() });
      expect(answer).toMatchObject({ status: 503, json: { code: 'vault_unavailable' } });
    },
    TEST_MS,
  );
});
