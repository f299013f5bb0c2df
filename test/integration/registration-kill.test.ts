import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { vaultWith } from '../unit/support/vault';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectServiceSecrets } from './support/canaries';
import { dump, query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { startOtherApi } from './support/other-api';
import { registrationFileFor, RegistrationDesk } from './support/registration';
import { exportWorkflows } from './support/temporal';
import { until } from './support/until';

const TEST_MS = 150_000;
/** Long enough to be killed in the middle of. */
const DELAY_MS = 4_000;
const INITIAL_ACCESS_TOKEN = `initial-${randomUUID()}`;

let own: PrivateStack;
let bank: Bank;
let desk: RegistrationDesk;
let application: Application;
let withToken: [string, string];
const canaries = new Canaries();

let dataDir: string;
beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace' };
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-registrations-'));
  own = await startPrivateStack({
    dataDir,
    apiEnv: loud,
    // Over HTTP nobody names files of ours: the bank's authority is one that everybody here trusts.
    workerEnv: { ...loud, NODE_EXTRA_CA_CERTS: path.join(dataDir, 'tls', 'ca.pem') },
    bankEnv: { SANDBOX_INITIAL_ACCESS_TOKEN: INITIAL_ACCESS_TOKEN },
  });
  bank = new Bank(own.stack);
  desk = new RegistrationDesk(own.stack);
  application = new Application(own.stack);
  const file = path.join(own.stack.logDirectory, '..', 'initial-access-token');
  await writeFile(file, `${INITIAL_ACCESS_TOKEN}\n`, { mode: 0o600 });
  withToken = ['--initial-access-token-file', file];
  canaries.add('initial access token', INITIAL_ACCESS_TOKEN);
}, START_WITHIN_MS);
afterAll(async () => {
  await own.end();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => bank.reset());
afterEach(collectTokens);

/** What opens our clients' records: as the bank keeps it, and as we do. */
async function collectTokens(): Promise<void> {
  const client = new Client({ connectionString: own.stack.bankDatabaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM sandbox_records WHERE kind = 'RegistrationAccessToken'`,
  );
  await client.end();
  for (const { id } of rows) canaries.add('registration access token', id);

  const vault = vaultWith(own.stack.productEnvironment['VAULT_KEYS']);
  const [key] = await query(own.stack, `SELECT secret_jwe FROM service_secrets WHERE name = 'data-key'`);
  const dataKey = await vault.openDataKey('service', String(key?.['secret_jwe']));
  const sealed = await query(
    own.stack,
    'SELECT institution_id, access_token_jwe, previous_access_token_jwe FROM registrations',
  );
  for (const { institution_id: id, ...tokens } of sealed) {
    for (const jwe of Object.values(tokens).filter((each) => typeof each === 'string')) {
      const { secret } = (await dataKey.open('registration-token', String(id), jwe)) as { secret: string };
      canaries.add('sealed registration access token', secret);
    }
  }
}

/** Kills the worker while the bank has a request in its hands. */
async function killMeanwhile<Result>(work: Promise<Result>): Promise<Result> {
  await until('a request at registration', async () =>
    (await bank.requests('registration')).some(({ status }) => status === null),
  );
  await own.child('worker').kill('SIGKILL');
  await bank.heal();
  await own.child('worker').restart();
  return work;
}

const delay = (): Promise<void> =>
  bank.plant({ endpoint: 'registration', fault: { kind: 'delay', milliseconds: DELAY_MS } });

describe('kill -9 of the worker', () => {
  test(
    'while the bank registers us: it is done again after the restart, and the first client is written down',
    async () => {
      await delay();
      const file = registrationFileFor(own.stack);
      expect(await killMeanwhile(desk.register(file, ...withToken))).toMatchObject({
        outcome: 'registered',
        possibleOrphans: 1,
      });
      expect(await bank.requests('registration')).toHaveLength(2);
      const journey = await Journey.walk(application, { institutionId: file.id });
      expect((await journey.consent()).status).toBe('active');
    },
    TEST_MS,
  );

  test(
    'while the bank deletes the client: it is found gone after the restart',
    async () => {
      const file = registrationFileFor(own.stack);
      await desk.register(file, ...withToken);
      await delay();
      expect(await killMeanwhile(desk.delete(file.id))).toMatchObject({ outcome: 'deleted' });
      expect(await desk.show(file.id)).toMatchObject({ status: 'deleted', isManaged: false });
    },
    TEST_MS,
  );
});

describe('kill -9 of the API', () => {
  test(
    'while the bank registers us: who asks again with the key is answered of the one client, by whatever process',
    async () => {
      const file = registrationFileFor(own.stack);
      const body = { ...file, caFile: undefined, initialAccessToken: INITIAL_ACCESS_TOKEN };
      const ask = (api: Application) =>
        api.call(`/v1/institutions/${file.id}/registration`, {
          method: 'POST',
          body,
          key: own.stack.operatorKey,
          headers: { 'idempotency-key': `registration of ${file.id}` },
        });
      const doomed = await startOtherApi(own.stack, 'api-doomed', {});
      await delay();
      const cutOff = ask(doomed.application).then(
        () => 'answered',
        () => 'cut off',
      );
      await until('a request at registration', async () =>
        (await bank.requests('registration')).some(({ status }) => status === null),
      ).finally(() => doomed.kill());
      expect(await cutOff).toBe('cut off');
      const answers = await Promise.all([ask(application), ask(application)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[0].text).toBe(answers[1].text);
      expect(answers[0].json).toMatchObject({ outcome: 'registered', registration: { status: 'registered' } });
      expect(await bank.requests('registration')).toHaveLength(1);
      // And after it has come to its end without anybody to hear of it.
      await query(
        own.stack,
        `UPDATE idempotent_requests SET answer_jwe = NULL, answered_at = NULL, holder = 7 WHERE operation = 'createRegistration'`,
      );
      expect((await ask(application)).text).toBe(answers[0].text);
      expect(await bank.requests('registration')).toHaveLength(1);
    },
    TEST_MS,
  );
});

describe('secrets of a registration', () => {
  const planted = (kind: string): string => {
    const value = `canary-${randomUUID()}`;
    canaries.add(kind, value);
    return value;
  };

  beforeAll(async () => {
    await bank.reset();
    await collectServiceSecrets(own.stack, canaries);
    const file = registrationFileFor(own.stack);
    await desk.register(file, ...withToken);
    await collectTokens();
    await desk.update(file.id);
    await collectTokens();
    await desk.update(file.id);

    // Whatever a bank puts into an answer: a secret that we did not want, names that nobody knows, text about it.
    const set = {
      registration_access_token: planted('planted registration access token'),
      client_secret: planted('client secret'),
      bank_note: planted('unknown member'),
    };
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'rewrite_json', set } });
    await desk.register(registrationFileFor(own.stack), ...withToken);
    const answers = [
      `{"registration_access_token":"${planted('registration access token in broken JSON')}`,
      JSON.stringify({ client_id: 'c1', registration_access_token: [planted('token of another type')] }),
    ];
    for (const body of answers) {
      const fault = { kind: 'status', status: 201, body, contentType: 'application/json' } as const;
      await bank.plant({ endpoint: 'registration', times: 1, fault });
      await desk.register(registrationFileFor(own.stack), ...withToken);
    }
    const errorDescription = planted('error description');
    const refusal = { kind: 'oauth_error', error: 'invalid_client_metadata', errorDescription } as const;
    await bank.plant({ endpoint: 'registration', times: 1, fault: refusal });
    await desk.register(registrationFileFor(own.stack), ...withToken);
    await collectTokens();
  }, TEST_MS);

  test('are there to be looked for, of every kind', () => {
    expect([...canaries.kinds]).toEqual(
      expect.arrayContaining([
        'initial access token',
        'registration access token',
        'client secret',
        'unknown member',
        'error description',
      ]),
    );
    expect(canaries.size).toBeGreaterThan(12);
  });

  test('occur in no history, not even opened', async () => {
    const workflows = (await exportWorkflows(own.stack)).filter(({ description }) =>
      description.includes('registration/'),
    );
    expect(workflows.length).toBeGreaterThanOrEqual(9);
    for (const { history, bytes, decoded, description } of workflows) {
      expect(decoded).toContain('registered-');
      for (const text of [history, bytes.toString('latin1'), decoded, description]) {
        expect(canaries.foundIn(text)).toEqual([]);
      }
    }
  });

  test('occur in no log of ours, at the most talkative level', async () => {
    const directory = own.stack.logDirectory;
    for (const file of (await readdir(directory)).filter((name) => !name.startsWith('bank'))) {
      expect([file, canaries.foundIn(await readFile(path.join(directory, file), 'utf8'))]).toEqual([file, []]);
    }
  });

  test('occur in no column of the database', async () => {
    const columns = await dump(own.stack);
    expect(columns.get('registrations.institution_id')?.length).toBeGreaterThanOrEqual(6);
    for (const [column, values] of columns) {
      expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
    }
  });
});
