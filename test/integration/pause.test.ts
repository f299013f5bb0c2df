import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { Application, consentRequest, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { Journey, referenceOn } from './support/journey';
import { reserveBank } from './support/reservation';

const stack = currentStack();
const application = new Application(stack);
const bank = reserveBank(stack);

/** The sandbox bank under another id: a pause must not reach the tests that run beside this one. */
let ID: string;
let directory: string;

beforeAll(async () => {
  ID = `paused-${randomUUID().slice(0, 8)}`;
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-pause-'));
  const [row] = await query(stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank'`);
  const file = path.join(directory, 'bank.json');
  await writeFile(file, JSON.stringify({ ...(row?.['profile'] as object), id: ID }));
  expect((await command('institutions', 'add', file)).code).toBe(0);
});

afterAll(async () => {
  await query(stack, `UPDATE institutions SET withdrawn_at = now(), paused_at = NULL WHERE id = $1`, [ID]);
  await rm(directory, { recursive: true, force: true });
});

const command = (...args: string[]) => fdxConsent(args, stack.productEnvironment);
const operator = (verb: string, body?: object, id = ID): Promise<Answer> =>
  application.call(`/v1/institutions/${id}/${verb}`, { method: 'POST', key: stack.operatorKey, ...(body && { body }) });

async function offered(): Promise<{ id: string; paused?: { since: string } } | undefined> {
  const { json } = await application.call('/v1/institutions');
  return (json as { institutions: { id: string }[] }).institutions.find(({ id }) => id === ID);
}

/** As an open page does it: with the cookie of the browser, and nothing followed. */
async function pressContinue({ browser, launchUrl }: Journey): Promise<void> {
  expect(browser.currentUrl).toBe(launchUrl);
  await browser.submit({}, { stopAt: stack.urls.bank });
}

const ROUTES: readonly [string, () => Promise<void>, () => Promise<void>][] = [
  [
    'the API',
    async () => {
      expect(await operator('pause', { reason: 'their core is down' })).toMatchObject({ status: 200 });
    },
    async () => {
      expect(await operator('resume')).toMatchObject({ status: 200, json: { id: ID, endingsRetried: 0 } });
    },
  ],
  [
    'the command line',
    async () => {
      expect((await command('institutions', 'pause', ID, '--reason', 'their core is down')).code).toBe(0);
    },
    async () => {
      expect((await command('institutions', 'resume', ID)).code).toBe(0);
    },
  ],
];

describe.each(ROUTES)('an institution that is paused through %s', (_, pause, resume) => {
  afterEach(resume);

  test('lets a person wait who presses Continue: no request is pushed and nothing is used up; resumed, it works', async () => {
    const journey = await Journey.begin(application, { institutionId: ID });
    await journey.browser.open(journey.launchUrl);
    await pause();
    await pressContinue(journey);
    expect(journey.browser.status).toBe(503);
    expect(referenceOn(journey.browser)).toBe('institution_paused');
    expect(journey.browser.text).toContain('paused for the moment');
    expect(await bank.requests('par')).toEqual([]);
    expect(await query(stack, 'SELECT 1 FROM authorizations WHERE consent_id = $1', [journey.consentId])).toEqual([]);
    expect(await journey.consent()).toMatchObject({ status: 'requested', nextAction: 'launch' });

    await resume();
    await journey.comeBack(await journey.authorize());
    expect((await journey.consent()).status).toBe('active');
  });

  test('takes new consents, whose links say when to come back', async () => {
    await pause();
    const journey = await Journey.begin(application, { institutionId: ID });
    const page = await fetch(journey.launchUrl, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    const headers = { accept: 'application/json' };
    const program = await application.call(new URL(journey.launchUrl).pathname, { key: undefined, headers });
    expect([program.status, program.json['code']]).toEqual([503, 'institution_paused']);
    await resume();
    expect((await fetch(journey.launchUrl)).status).toBe(200);
  });

  test('lets what had begun go on: a code is exchanged and the grant read', async () => {
    const journey = await Journey.begin(application, { institutionId: ID });
    const callbackUrl = await journey.authorize();
    await pause();
    await journey.comeBack(callbackUrl);
    expect((await journey.consent()).status).toBe('active');
    // A link that only tells how things stand is not held up.
    expect((await fetch(journey.launchUrl)).status).toBe(200);
  });

  test('says so to applications, and why to operators only', async () => {
    expect(await offered()).not.toHaveProperty('paused');
    await pause();
    const { paused, ...rest } = (await offered()) ?? {};
    expect(Math.abs(Date.now() - Date.parse(paused?.since ?? ''))).toBeLessThan(60_000);
    expect(JSON.stringify({ paused, rest })).not.toContain('core');
    const listed = (await command('institutions', 'list')).stdout.split('\n').find((line) => line.startsWith(ID));
    expect(listed).toContain(`paused since ${paused?.since ?? 'never'}`);
    const checked = await command('institutions', 'check', ID);
    expect(checked.stdout).toContain(`PAUSED since ${paused?.since ?? 'never'}: their core is down`);
    expect(checked.code).toBe(0);
  });

  test('stays paused since the first time, until it is resumed, however often either is asked for', async () => {
    await pause();
    const since = (await offered())?.paused?.since;
    expect(since).toBeDefined();
    await pause();
    expect((await operator('pause')).json).toMatchObject({ paused: { since, reason: 'their core is down' } });
    await resume();
    await resume();
    expect(await offered()).not.toHaveProperty('paused');
  });
});

describe('pausing', () => {
  test('is written down, through either way, with who did it', async () => {
    await operator('pause', { reason: 'API noted' });
    await operator('resume');
    await command('institutions', 'pause', ID, '--reason', 'CLI noted');
    await command('institutions', 'resume', ID);
    const actions = (await actionsAbout(stack, ID)).slice(-4);
    expect(actions.map(({ action, outcome, subject }) => [action, outcome, subject])).toEqual([
      ['institutions pause', 'done', { institutionId: ID, reason: 'API noted' }],
      ['institutions resume', 'done', { institutionId: ID }],
      ['institutions pause', 'done', { arguments: [ID], reason: 'CLI noted' }],
      ['institutions resume', 'done: 0 endings retried', { arguments: [ID] }],
    ]);
    expect(actions.map(({ operator: who }) => who.replace(/_.*/, ''))).toEqual([
      'key',
      'key',
      `cli:${os.userInfo().username}`,
      `cli:${os.userInfo().username}`,
    ]);
  });

  test('is refused to applications, for banks that are not there, and with a reason that is no line of text', async () => {
    const byApplication = await application.call(`/v1/institutions/${ID}/pause`, { method: 'POST' });
    expect([byApplication.status, byApplication.json['code']]).toEqual([403, 'forbidden']);
    const nobody = `nobody-${randomUUID()}`;
    expect((await operator('pause', {}, nobody)).json['code']).toBe('institution_unknown');
    expect((await operator('resume', {}, nobody)).json['code']).toBe('institution_unknown');
    expect((await command('institutions', 'pause', nobody)).code).toBe(3);
    const outcomes = (await actionsAbout(stack, nobody, { least: 3 })).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(3).fill('failed:institution_unknown'));
    for (const body of [
      { reason: '' },
      { reason: 7 },
      { reason: 'a\nb' },
      { reson: 'typo' },
      { reason: 'x'.repeat(501) },
    ]) {
      expect((await operator('pause', body)).json['code']).toBe('request_invalid');
    }
    expect(await offered()).not.toHaveProperty('paused');
  });

  test('does not stand in the way of an application that asks for another bank', async () => {
    await operator('pause');
    const { status } = await application.call('/v1/consents', { method: 'POST', body: consentRequest() });
    expect(status).toBe(201);
    await operator('resume');
  });
});
