import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import { PersonBrowser } from '../../sandbox/person';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectSealed, collectServiceSecrets } from './support/canaries';
import { CanaryAccess } from './support/canary-access';
import { CanaryData } from './support/canary-data';
import { CanaryYear } from './support/canary-year';
import { dump, query } from './support/database';
import { KINDS } from './support/canary-kinds';
import { ALICE, Journey } from './support/journey';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { commandLines } from './support/processes';
import { exportWorkflows } from './support/temporal';
import { until } from './support/until';
import { openWorkbench } from './support/workbench';

let own: PrivateStack;
let bank: Bank;
let application: Application;
let metricsPorts: number[];
let doors: CanaryAccess;
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
  const [api, worker, sdk] = await Promise.all([chooseRandomPort(), chooseRandomPort(), chooseRandomPort()]);
  metricsPorts = [api, worker, sdk];
  doors = await CanaryAccess.open();
  own = await startPrivateStack({
    // What the bank keeps of a person is not ours to search.
    bankEnv: { SANDBOX_DATABASE_URL: '' },
    apiEnv: { ...loud, ...doors.environment, EVENTS_PER_RUN: '50', METRICS_PORT: String(api) },
    workerEnv: { ...loud, METRICS_PORT: String(worker), TEMPORAL_METRICS_PORT: String(sdk) },
  });
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

  const signed = await Journey.begin(application);
  const agreement = { method: 'typed_name', agreedAt: new Date().toISOString(), name: planted('typed name') };
  const body = { language: 'en', text: 'Read this.', agreement };
  const submitted = await application.call(`/v1/consents/${signed.consentId}/disclosures`, { method: 'POST', body });
  if (submitted.status !== 201) throw new Error(`the name was not taken: ${submitted.text}`);
  await signed.comeBack(await signed.authorize());
  await signed.browser.open(`${signed.launchUrl}/disclosure`);
  consentIds.push(signed.consentId);

  const data = new CanaryData(application, canaries, planted);
  await data.read();
  consentIds.push(data.consentId);

  const workbench = await openWorkbench(own.stack);
  const year = new CanaryYear(application, workbench, canaries, planted);
  await year.live();
  consentIds.push(...year.consentIds);
  await workbench.close();
  await doors.live(application, canaries, planted);
}, START_WITHIN_MS);

const tokenAnswer = (body: string): FaultRuleRequest => ({
  endpoint: 'token',
  fault: { kind: 'status', status: 200, body, contentType: 'application/json' },
});

afterAll(async () => {
  await doors.close();
  await own.end();
});

test('there is something to look for, of every kind', () => {
  expect([...canaries.kinds].sort()).toEqual([...KINDS].sort());
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

test('no secret occurs in what API, worker and Temporal’s SDK count', async () => {
  const scrapes = await Promise.all(
    metricsPorts.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  expect(scrapes[0]).toContain('route="/callback"');
  expect(scrapes[0]).toContain('fdx_consent_vault_openings_total');
  expect(scrapes[1]).toMatch(/fdx_consent_bank_request_seconds_count{.*institution="sandbox-bank",outcome="\d+"/);
  expect(scrapes[1]).toMatch(/fdx_consent_refreshes_total{.*outcome="done"/);
  expect(scrapes[2]).toContain('temporal_');
  for (const text of scrapes) expect(canaries.foundIn(text)).toEqual([]);
  // An id of a consent would be a label without bound.
  for (const text of scrapes) expect(text).not.toMatch(/cns_[0-9a-f]{32}/);
});

test('no secret occurs in what the API answers when it refuses, in a header or a body', () => {
  expect(application.refusals.join('\n')).toContain('urn:fdx-consent:failure:data_');
  for (const refusal of application.refusals)
    expect([refusal.slice(0, 3), canaries.foundIn(refusal)]).toEqual([refusal.slice(0, 3), []]);
});

test('no secret occurs in what commands print, or in what the API says of what it keeps', () => {
  expect(doors.shown.filter((text) => /^webhooks show whe_\w+: applicationId: /.test(text))).toHaveLength(1);
  for (const text of doors.shown) expect([text.slice(0, 60), canaries.foundIn(text)]).toEqual([text.slice(0, 60), []]);
});

test('no secret occurs in an address or a Referer that the bank saw', async () => {
  const addresses = await bank.addresses();
  const authorize = addresses.filter(({ url }) => url.startsWith('/authorize?'));
  expect(authorize).not.toEqual([]);
  // RFC 9126 §4: everything else was pushed.
  for (const { url } of authorize) {
    const { searchParams } = new URL(url, own.stack.urls.bank);
    expect([...searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  }
  // The cursor of a page is the bank's own, and goes back to it in the query.
  for (const { url, referer = '' } of addresses)
    expect(canaries.foundIn(decodeURIComponent(`${url} ${referer}`))).toEqual([]);
});

test('no secret occurs in a command line or the title of a process', async () => {
  // The environment is where the keys of the service come from: it is not searched, and nobody else may read it.
  const lines = await commandLines();
  expect(lines.join('\n')).toContain('src/server.js');
  expect(canaries.foundIn(lines.join('\n'))).toEqual([]);
});

test('a secret that leaks is found, plain or encoded, in a table, a command line and an address', async () => {
  const control = new Canaries();
  const secret = `leaked-${randomUUID()}`;
  control.add('leaked', secret);
  const forms = (['utf8', 'base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(secret).toString(form));
  for (const form of forms) expect(control.foundIn(`before ${form} after`)).toEqual(['leaked']);
  expect(control.foundIn('nothing of it')).toEqual([]);

  // A table that somebody adds is searched as well.
  await query(own.stack, `CREATE TABLE leak AS SELECT '${secret}'::text AS somewhere`);
  const columns = [...(await dump(own.stack)).entries()];
  await query(own.stack, 'DROP TABLE leak');
  expect(columns.filter(([, values]) => control.foundIn(values.join('\n')).length > 0)).toMatchObject([
    ['leak.somewhere', [secret]],
  ]);
  await new PersonBrowser({ ca: own.stack.caPem }).open(`${own.stack.urls.bank}/jwks?leak=${secret}`);
  expect((await bank.addresses()).filter(({ url }) => control.foundIn(url).length > 0)).toHaveLength(1);

  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)', secret]);
  try {
    await until('the process', async () => control.foundIn((await commandLines()).join('\n')).length > 0);
  } finally {
    child.kill('SIGKILL');
  }
});
