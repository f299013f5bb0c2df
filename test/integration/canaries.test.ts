import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import { PersonBrowser } from '../../sandbox/person';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectSealed, collectServiceSecrets } from './support/canaries';
import { CanaryYear } from './support/canary-year';
import { dump } from './support/database';
import { ALICE, Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { exportWorkflows } from './support/temporal';
import { openWorkbench } from './support/workbench';

let own: PrivateStack;
let bank: Bank;
let application: Application;
const canaries = new Canaries();
const consentIds: string[] = [];

/** One trip with a pause in which everything sealed is opened: after the launch, and after the outcome. */
async function walkAndCollect(faults: FaultRuleRequest[], changes: object = {}, choices = ALICE): Promise<void> {
  for (const fault of faults) await bank.plant(fault);
  const journey = await Journey.begin(application, changes);
  consentIds.push(journey.consentId);
  const bankUrl = await journey.launch();
  await collectSealed(own.stack, canaries);
  if (bankUrl.startsWith(own.stack.urls.bank)) {
    const callbackUrl = await journey.decide(bankUrl, choices);
    const { searchParams } = new URL(callbackUrl);
    canaries.add('authorization code', searchParams.get('code'));
    // Somebody else first, then the person.
    await new PersonBrowser().open(callbackUrl);
    await journey.comeBack(callbackUrl);
    await journey.comeBack(callbackUrl);
  }
  canaries.add('browser binding', (await journey.browser.cookies.getCookies(application.stack.urls.api))[0]?.value);
  await collectSealed(own.stack, canaries);
  await bank.reset();
}

/** A canary that only the bank's answer holds. */
function planted(kind: string): string {
  const value = `canary-${randomUUID()}`;
  canaries.add(kind, value);
  return value;
}

beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace' };
  // Runs hand over to each other every few steps: what is handed over is history, too.
  own = await startPrivateStack({ apiEnv: { ...loud, EVENTS_PER_RUN: '50' }, workerEnv: loud });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  await collectServiceSecrets(own.stack, canaries);

  await walkAndCollect([]);
  await walkAndCollect([], { institutionId: 'sandbox-bank-scopes' }, { ...ALICE, refuseClusters: ['STATEMENTS'] });
  await walkAndCollect([], {}, { ...ALICE, decision: 'deny' });
  await walkAndCollect([
    {
      endpoint: 'par',
      fault: { kind: 'oauth_error', error: 'invalid_request', errorDescription: planted('description at PAR') },
    },
  ]);
  await walkAndCollect([
    {
      endpoint: 'token',
      fault: { kind: 'oauth_error', error: 'invalid_grant', errorDescription: planted('description') },
    },
  ]);
  await walkAndCollect([{ endpoint: 'token', fault: { kind: 'answer_lost' } }]);
  await walkAndCollect([{ endpoint: 'token', fault: { kind: 'forge_id_token', signedBy: 'stranger' } }]);
  // Token responses that a library could quote in its error.
  const access = (): string => planted('access_token');
  await walkAndCollect([tokenAnswer(`{"access_token":"${access()}","token_type":"DPoP",`)]);
  await walkAndCollect([
    tokenAnswer(JSON.stringify({ access_token: access(), token_type: 'Bearer', expires_in: 900 })),
  ]);
  await walkAndCollect([tokenAnswer(JSON.stringify({ access_token: [access()], refresh_token: access() }))]);
  await walkAndCollect([
    tokenAnswer(JSON.stringify({ access_token: access(), token_type: 'DPoP', expires_in: 'soon', id_token: access() })),
  ]);
  await walkAndCollect([
    { endpoint: 'consents', fault: { kind: 'status', status: 400, body: { message: planted('FDX message') } } },
    { endpoint: 'accounts', fault: { kind: 'status', status: 500, body: planted('FDX body') } },
  ]);
  await application.call('/v1/consents', {
    method: 'POST',
    body: { person: { reference: planted('person reference') } },
  });
  await application.call('/v1/consents', { method: 'POST', body: `{"person":"${planted('person reference')}"` });
  await application.call('/v1/institutions', { key: planted('wrong key') });

  const workbench = await openWorkbench(own.stack);
  const year = new CanaryYear(application, workbench, canaries, planted);
  await year.live();
  consentIds.push(...year.consentIds);
  await workbench.close();
}, START_WITHIN_MS);

const tokenAnswer = (body: string): FaultRuleRequest => ({
  endpoint: 'token',
  fault: { kind: 'status', status: 200, body, contentType: 'application/json' },
});

afterAll(() => own.end());

test('there is something to look for, of every kind', () => {
  expect([...canaries.kinds].sort()).toEqual(
    [
      'DPoP private key',
      'FDX body',
      'FDX message',
      'FDX message of a renewal',
      'FDX message of a review',
      'FDX message of a revocation',
      'PAYLOAD_KEYS',
      'VAULT_KEYS',
      'access_token',
      'account number',
      'application key',
      'assertion',
      'authorization code',
      'browser binding',
      'code verifier',
      'consent id',
      'description',
      'description at PAR',
      'description at a refresh',
      'description at a revocation',
      'id in a notification',
      'id of a notification',
      'id_token',
      'launch token',
      'nonce',
      'operator key',
      'person reference',
      'product of an account',
      'pseudonym-key',
      'reason that nobody knows',
      'refresh_token',
      'signing key',
      'state',
      'wrong key',
    ].sort(),
  );
});

test('no secret occurs in an exported history, in its payloads’ bytes, or beside it', async () => {
  const all = await exportWorkflows(own.stack);
  const workflows = all.filter(({ description }) => consentIds.some((id) => description.includes(id)));
  for (const id of consentIds) expect(workflows.some(({ description }) => description.includes(id))).toBe(true);
  expect(workflows.filter(({ history }) => history.includes('ContinuedAsNewEventAttributes'))).not.toEqual([]);
  for (const { history, bytes, decoded, description } of workflows) {
    expect(history).toContain('workflowExecutionStartedEventAttributes');
    expect(canaries.foundIn(history)).toEqual([]);
    expect(canaries.foundIn(bytes.toString('latin1'))).toEqual([]);
    // Even opened: the code is sealed in there once more, and the rest never went that way.
    expect(decoded).toContain('Sandbox Bank');
    expect(canaries.foundIn(decoded)).toEqual([]);
    expect(canaries.foundIn(description)).toEqual([]);
  }
  // What runs regularly has nothing of it either.
  for (const { history, decoded } of all) expect(canaries.foundIn(`${history}${decoded}`)).toEqual([]);
});

test('no secret occurs in what API, worker, Temporal and PostgreSQL log, at the most talkative level', async () => {
  const directory = own.stack.logDirectory;
  const files = (await readdir(directory)).filter((name) => !name.startsWith('bank'));
  expect(files).toEqual(expect.arrayContaining(['api.log', 'worker.log']));
  for (const file of files) {
    const text = await readFile(path.join(directory, file), 'utf8');
    expect([file, canaries.foundIn(text)]).toEqual([file, []]);
  }
  expect(await readFile(path.join(directory, 'api.log'), 'utf8')).toContain('/callback');
});

test('no secret occurs in any column of any table of the database', async () => {
  const columns = await dump(own.stack);
  expect(columns.get('consents.id')).toEqual(expect.arrayContaining(consentIds));
  for (const [column, values] of columns) {
    expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
  }
});
