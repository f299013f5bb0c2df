import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Endpoint } from '../../sandbox/control/endpoints';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectSealed, collectServiceSecrets } from './support/canaries';
import { dump, query } from './support/database';
import { Grants } from './support/grants';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { at, CASES, type Case } from './support/hostile-cases';
import { exportWorkflows } from './support/temporal';

/*
 * A bank that misbehaves, one way at a time, against the whole product: where the flow stopped, with which code, whether the
 * tokens the bank gave are still ours, and (at the end) that nothing secret was written anywhere on the way.
 */
/** In the order in which a flow reaches them. */
const ORDER: readonly Endpoint[] = ['par', 'authorize', 'token', 'jwks', 'consents', 'accounts'];

let own: PrivateStack;
let bank: Bank;
let application: Application;
const canaries = new Canaries();
const consentIds: string[] = [];

beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace', OUTBOUND_TIMEOUT_SECONDS: '1' };
  own = await startPrivateStack({ apiEnv: loud, workerEnv: loud });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  await collectServiceSecrets(own.stack, canaries);
}, START_WITHIN_MS);

afterAll(() => own.end());

/** One trip, with a pause in which everything sealed is opened: its secrets are what must not be found. */
async function walk({ institutionId = 'sandbox-bank', faults }: Case): Promise<Journey> {
  await bank.reset();
  for (const fault of faults()) await bank.plant(fault);
  const journey = await Journey.begin(application, { institutionId });
  consentIds.push(journey.consentId);
  const bankUrl = await journey.launch();
  await collectSealed(own.stack, canaries);
  if (bankUrl.startsWith(own.stack.urls.bank)) {
    const callback = new URL(await journey.decide(bankUrl));
    canaries.add('authorization code', callback.searchParams.get('code'));
    await journey.comeBack(callback.href);
  }
  await collectSealed(own.stack, canaries);
  return journey;
}

async function lastReached(): Promise<Endpoint | undefined> {
  const reached = await Promise.all(
    ORDER.map(async (each) => ((await bank.requests(each)).length > 0 ? each : undefined)),
  );
  return reached.filter((each) => each !== undefined).at(-1);
}

async function hasTokens(consentId: string): Promise<boolean> {
  const rows = await query(
    own.stack,
    `SELECT 1 FROM authorizations LEFT JOIN grants ON grants.authorization_id = authorizations.id
     WHERE authorizations.consent_id = $1 AND (tokens_jwe IS NOT NULL OR token_response_jwe IS NOT NULL)`,
    [consentId],
  );
  return rows.length > 0;
}

describe('a bank that misbehaves', () => {
  test.each(CASES)('with $name', async (each) => {
    const journey = await walk(each);
    const consent = await journey.reaches(each.status);
    expect(consent.failure?.code).toBe(each.code);
    expect(await lastReached()).toBe(each.stoppedAt);
    if (each.tokens === 'ended') {
      const [grant] = await new Grants(own.stack).destroyed(journey.consentId);
      expect(await bank.consent(grant?.bankConsentId)).toMatchObject({ status: 'REVOKED' });
    }
    expect(await hasTokens(journey.consentId)).toBe(each.tokens === 'kept');
    // Whatever happened, a code went to the bank at most once.
    expect(await bank.codesSent()).toBeLessThanOrEqual(1);
  });
});

test('a request_uri has expired when the person comes: back at the link there is a new one', async () => {
  await bank.reset();
  const journey = await Journey.begin(application);
  consentIds.push(journey.consentId);
  const first = await journey.launch();
  await bank.plant(at('authorize', { kind: 'request_uri_expired' }, 1));
  await journey.browser.open(first);
  expect(journey.browser.status).toBeGreaterThanOrEqual(400);

  const second = await journey.launch();
  expect(new URL(second).searchParams.get('request_uri')).not.toBe(new URL(first).searchParams.get('request_uri'));
  await journey.comeBack(await journey.decide(second));
  await collectSealed(own.stack, canaries);
  expect((await journey.consent()).status).toBe('active');
});

describe('after all of that', () => {
  test('no secret stands in a history, opened or not', async () => {
    const workflows = await exportWorkflows(own.stack);
    expect(workflows.length).toBeGreaterThanOrEqual(consentIds.length);
    for (const { history, bytes, decoded, description } of workflows) {
      for (const text of [history, bytes.toString('latin1'), decoded, description]) {
        expect(canaries.foundIn(text)).toEqual([]);
        expect(text).not.toContain('canary-malformed');
      }
    }
  });

  test('no secret stands in a log or in a column', async () => {
    const files = (await readdir(own.stack.logDirectory)).filter((name) => !name.startsWith('bank'));
    expect(files).toEqual(expect.arrayContaining(['api.log', 'worker.log']));
    for (const file of files) {
      const text = await readFile(path.join(own.stack.logDirectory, file), 'utf8');
      expect([file, canaries.foundIn(text)]).toEqual([file, []]);
      expect(text).not.toContain('canary-malformed');
    }
    for (const [column, values] of await dump(own.stack)) {
      expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
    }
  });
});
