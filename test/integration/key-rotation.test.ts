import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import type { SupervisedChild } from '../../scripts/setup/child-process';
import { openKeyFile } from '../../src/key-service/key-file';
import { parseKeyRing } from '../../src/store/key-ring';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectServiceSecrets } from './support/canaries';
import { dump, query } from './support/database';
import { Journey, referenceOn } from './support/journey';
import { KEY_SERVICE_KEYS, keyFileIn, socketIn, startKeyService } from './support/key-service';
import { pageBlock } from './support/page-block';
import { KeysCommand, kidsOf, publishedBy, WorkerKeys } from './support/signing-keys';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { exportWorkflows } from './support/temporal';
import { until } from './support/until';

const TEST_MS = 150_000;
/** What the sandbox bank is registered with: PS256 at one client, ES256 at another. */
const INSTITUTIONS = ['sandbox-bank', 'sandbox-bank-scopes', 'sandbox-bank-signed'];

const keyServiceOnPage = pageBlock('docs/keys.md', 'key service');

let own: PrivateStack;
let application: Application;
let bank: Bank;
let keys: KeysCommand;
let worker: WorkerKeys;
let keyService: SupervisedChild | undefined;
let place: { directory: string };
let oldReceipt: string;
const canaries = new Canaries();

beforeAll(async () => {
  place = { directory: await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-key-service-')) };
  // API processes sign as the client too: when they refresh a token.
  const signingEnv = { KEY_SERVICE_SOCKET: socketIn(place), LOG_LEVEL: 'trace' };
  own = await startPrivateStack({
    apis: 2,
    workers: 1,
    workerEnv: signingEnv,
    apiEnv: { ...signingEnv, OUTCOME_WAIT_SECONDS: '5' },
  });
  application = new Application(own.stack);
  bank = new Bank(own.stack);
  keys = new KeysCommand(own.stack, socketIn(place), canaries);
  worker = new WorkerKeys(application);
  await collectServiceSecrets(own.stack, canaries);
}, START_WITHIN_MS);

afterAll(async () => {
  await keyService?.stop();
  await own.end();
  await rm(place.directory, { recursive: true, force: true });
});

async function connectEverywhere(): Promise<Journey[]> {
  const journeys: Journey[] = [];
  for (const institutionId of INSTITUTIONS) {
    const journey = await Journey.walk(application, { institutionId });
    expect(await journey.consent()).toMatchObject({ status: 'active', difference: { outcome: 'in_full' } });
    journeys.push(journey);
  }
  return journeys;
}

async function signedReceipt(journey: Journey | undefined): Promise<string> {
  const target = `/v1/consents/${journey?.consentId ?? ''}/receipt`;
  return (await application.call(target, { headers: { accept: 'application/jose' } })).text;
}

async function verifies(receipt: string): Promise<boolean> {
  const { json } = await application.call('/.well-known/receipt-keys.json', { key: undefined });
  const { payload } = await compactVerify(receipt, createLocalJWKSet(json as unknown as JSONWebKeySet));
  return payload.length > 0;
}

test('processes that start together agree on one key of each kind', async () => {
  const listed = await keys.list();
  expect(listed.map(({ purpose, algorithm }) => `${purpose} ${algorithm}`).sort()).toEqual([
    'client ES256',
    'client EdDSA',
    'client PS256',
    'receipt ES256',
  ]);
  for (const key of listed) expect(key).toMatchObject({ state: 'current', provider: 'local' });
  const [journey] = await connectEverywhere();
  oldReceipt = await signedReceipt(journey);
});

test(
  'of two rotations at once one wins; with a lead its keys are published everywhere and a bank that cached the old set goes on',
  async () => {
    const before = await keys.client('current');
    const attempts = await Promise.allSettled([keys.rotate(), keys.rotate()]);
    const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(won).toHaveLength(1);
    const kids = won.flatMap(kidsOf);
    expect(kids).toHaveLength(3);
    await keys.arePublished([...before, ...kids]);
    expect(await keys.client('current')).toEqual(before);
    expect(await keys.client('next')).toEqual(expect.arrayContaining(kids));
    await connectEverywhere();
  },
  TEST_MS,
);

test('a rotation while another one waits is refused, and says which key waits until when', async () => {
  const waiting = (await keys.list()).find(({ state, algorithm }) => state === 'next' && algorithm === 'ES256');
  const refusal = await keys.run('rotate', '--algorithm', 'ES256').catch(String);
  expect(refusal).toContain(waiting?.kid);
  expect(refusal).toContain(waiting?.activatesAt);
  expect(refusal).toContain('--force');
  expect(await keys.client('next')).toHaveLength(3);
});

test(
  'without a lead but with an overlap, consents go on before, during and after',
  async () => {
    const before = await keys.client('current');
    const dropped = await keys.client('next');
    const rotation = await keys.rotate('--force', '--lead', '0s', '--overlap', '1h');
    expect(rotation.emergency).toBe(false);
    await connectEverywhere();
    await keys.arePublished([...before, ...kidsOf(rotation)]);
    // As when the bank's cache runs out.
    await own.child('bank').restart();
    await connectEverywhere();
    await worker.followsBusy(kidsOf(rotation));
    await connectEverywhere();
    expect(await keys.client('retiring')).toEqual(before);
    expect(await keys.client('withdrawn')).toEqual(dropped);
  },
  TEST_MS,
);

test(
  'in an emergency the old keys vanish at once, and a worker that was not restarted signs with the new ones',
  async () => {
    const text = await keys.run('rotate', '--lead', '0s', '--overlap', '0s');
    expect(text).toContain('EMERGENCY');
    expect(text).toContain('fetch <PUBLIC_URL>/.well-known/jwks.json');
    await collectServiceSecrets(own.stack, canaries);
    const kids = await keys.client('current');
    expect(await keys.client('next', 'retiring')).toEqual([]);
    const listed = await keys.run('list');
    expect(listed).toMatch(/^kid +purpose +algorithm +provider +state +since \/ until\n/);
    for (const kid of kids)
      expect(listed).toMatch(new RegExp(`^${kid} +client +\\w+ +local +current +signs since `, 'm'));
    await keys.arePublished(kids);
    await own.child('bank').restart();
    await worker.followsIdle(kids);
    // The bank knows no other key: who signs with an old one is refused.
    await connectEverywhere();
  },
  TEST_MS,
);

test(
  'a receipt from before verifies after the receipt key was replaced, and new ones are signed with the new key',
  async () => {
    const rotation = await keys.rotate('--purpose', 'receipt', '--lead', '0s', '--overlap', '0s');
    await worker.followsBusy(kidsOf(rotation));
    const [journey] = await connectEverywhere();
    const receipt = await signedReceipt(journey);
    expect(decodeProtectedHeader(receipt).kid).toBe(kidsOf(rotation)[0]);
    expect(decodeProtectedHeader(oldReceipt).kid).not.toBe(decodeProtectedHeader(receipt).kid);
    await until('the new receipt key to be published', async () =>
      (await publishedBy(own.stack.urls.api, 'receipt-keys.json')).includes(kidsOf(rotation)[0] ?? ''),
    );
    expect(await verifies(receipt)).toBe(true);
    expect(await verifies(oldReceipt)).toBe(true);
  },
  TEST_MS,
);

describe('keys that lie in a key service', () => {
  const emergency = ['--provider', 'socket', '--lead', '0s', '--overlap', '0s'];

  test('cannot be made while it is away, and nothing changes', async () => {
    const before = await keys.list();
    await expect(keys.run('rotate', ...emergency)).rejects.toThrow('key service did not answer');
    expect(await keys.list()).toEqual(before);
  });

  test(
    'sign consents and receipts, and no private half is in our database',
    async () => {
      keyService = await startKeyService(place, keyServiceOnPage);
      const client = await keys.rotate(...emergency);
      const receipt = await keys.rotate('--purpose', 'receipt', ...emergency);
      for (const { privateJwk } of (await openKeyFile(keyFileIn(place), parseKeyRing(KEY_SERVICE_KEYS))).keys) {
        canaries.addKey('key of the key service', privateJwk);
      }
      await keys.arePublished(kidsOf(client));
      await own.child('bank').restart();
      await worker.followsBusy([...kidsOf(client), ...kidsOf(receipt)]);
      const [journey] = await connectEverywhere();
      const signed = await signedReceipt(journey);
      expect(decodeProtectedHeader(signed).kid).toBe(kidsOf(receipt)[0]);
      expect(await verifies(signed)).toBe(true);
      const current = (await keys.list()).filter(({ state }) => state === 'current');
      for (const key of current) expect(key.provider).toBe('socket');
    },
    TEST_MS,
  );

  test(
    'cannot sign while it is away: the person is asked to try again, and then it works',
    async () => {
      await keyService?.kill();
      const journey = await Journey.begin(application);
      await journey.launch();
      expect(journey.browser.status).toBe(503);
      expect(referenceOn(journey.browser)).toBe('signing_unavailable');
      await keyService?.restart();
      await journey.comeBack(await journey.authorize());
      expect(await journey.consent()).toMatchObject({ status: 'active' });
    },
    TEST_MS,
  );

  test(
    'that do not answer during the exchange cost no code: the claim is given back',
    async () => {
      const claimed = async (): Promise<boolean> => {
        const rows = await query(
          own.stack,
          'SELECT 1 FROM authorizations WHERE consent_id = $1 AND exchange_started_at IS NOT NULL',
          [journey.consentId],
        );
        return rows.length > 0;
      };
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await bank.reset();
      keyService?.pause();
      const arriving = journey.comeBack(callbackUrl);
      await until('the code to be claimed', claimed);
      await until('the claim to be given back', async () => !(await claimed()));
      expect(await bank.requests('token')).toEqual([]);
      keyService?.resume();
      await arriving;
      expect(await journey.reaches('active')).toMatchObject({ difference: { outcome: 'in_full' } });
      expect(await bank.codesSent()).toBe(1);
    },
    TEST_MS,
  );

  test(
    'that are gone before the receipt is signed make it late, and the consent becomes active with it',
    async () => {
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await bank.reset();
      // The last answer before the receipt: what is in the bank's hands now was asked with a token and needs no signature of ours.
      await bank.plant({ endpoint: 'accounts', fault: { kind: 'delay', milliseconds: 2_000 } });
      const arriving = journey.comeBack(callbackUrl);
      await until('the accounts to be asked for', async () => (await bank.requests('accounts')).length > 0);
      await keyService?.kill();
      await until('the accounts to be answered', async () =>
        (await bank.requests('accounts')).some(({ status }) => status === 200),
      );
      await arriving;
      expect(await journey.consent()).not.toHaveProperty('receiptId');
      await keyService?.restart();
      await journey.reaches('active', 30_000);
      expect(await verifies(await signedReceipt(journey))).toBe(true);
    },
    TEST_MS,
  );
});

test('no private key is in the database, in a history, in a log or in what the command printed', async () => {
  expect(canaries.kinds).toContain('signing key');
  expect(canaries.kinds).toContain('key of the key service');
  for (const [column, values] of await dump(own.stack)) {
    expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
  }
  for (const { history, decoded } of await exportWorkflows(own.stack)) {
    expect(canaries.foundIn(history)).toEqual([]);
    expect(canaries.foundIn(decoded)).toEqual([]);
  }
  const logs = (await readdir(own.stack.logDirectory)).map((name) => path.join(own.stack.logDirectory, name));
  for (const file of [...logs, path.join(place.directory, 'key-service.log')]) {
    expect([file, canaries.foundIn(await readFile(file, 'utf8'))]).toEqual([file, []]);
  }
  expect(canaries.foundIn(keys.printed.join('\n'))).toEqual([]);
});
