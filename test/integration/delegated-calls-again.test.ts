import { createHash, randomUUID } from 'node:crypto';
import { Agent, fetch } from 'undici';
import { currentStack } from '../setup/stack-access';
import { Application, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { Data } from './support/data';
import { query } from './support/database';
import { reserveBank, withBankReserved } from './support/reservation';
import { until } from './support/until';

/*
 * Delegated calls whose answer was lost. The copy that is kept holds an access token: it is no better readable than that, and for no longer.
 */
const stack = currentStack();
const bank = reserveBank(stack);
/** Allowed it alone: what others use is not touched. */
const id = `again-${randomUUID().slice(0, 8)}`;
const dispatcher = new Agent({ connect: { ca: stack.caPem } });
let application: Application;
let data: Data;

const command = (...words: string[]) => fdxConsent(['applications', ...words, '--json'], stack.productEnvironment);

beforeAll(async () => {
  const { json } = await command('add', '--id', id, '--name', 'Again');
  application = new Application({ ...stack, applicationId: id, applicationKey: String(json['apiKey']) });
  await command('allow', id, '--delegated-calls');
  data = await withBankReserved(stack, () => Data.of(application));
});
afterAll(() => dispatcher.destroy());

interface DelegatedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

async function carry(answer: Answer): Promise<number> {
  const { url, method, headers } = answer.json as unknown as DelegatedCall;
  const response = await fetch(url, { dispatcher, method, headers });
  await response.arrayBuffer();
  return response.status;
}

const body = { path: '/accounts' };
let key: string;
beforeEach(async () => {
  key = randomUUID();
  // From here on the process knows the bank's nonce.
  await data.read('/accounts');
});
const ask = (consentId = data.consentId, asked: object = body) =>
  application.call(`/v1/consents/${consentId}/delegated-calls`, {
    method: 'POST',
    body: asked,
    headers: { 'idempotency-key': key },
  });
const isReplayed = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';
const hash = () => createHash('sha256').update(key).digest();
const copies = async () =>
  (await query(stack, 'SELECT * FROM idempotent_requests WHERE key_hash = $1', [hash()])) as {
    answer_jwe: string | null;
    answer_shares: Record<string, string> | null;
    answer_expires_at: Date | null;
  }[];

test('a delegated call that is asked for again under its key is the same one: it opens the data once, and each time it is given is written down', async () => {
  const first = await ask();
  const again = await ask();
  expect([again.text, isReplayed(again)]).toEqual([first.text, true]);
  expect(again.headers.get('x-fapi-interaction-id')).toBe(first.headers.get('x-fapi-interaction-id'));
  const other = await ask(undefined, { path: '/accounts/acc-1001' });
  expect([other.status, other.json['code']]).toEqual([409, 'idempotency_key_reused']);
  expect([await carry(again), await carry(again)]).toEqual([200, 401]);
  const [copy] = await copies();
  expect(copy?.answer_expires_at?.toISOString()).toBe(first.json['expiresAt']);
  expect(Object.keys(copy?.answer_shares ?? {})).toEqual([data.consentId]);
  const opened = await query(
    stack,
    `SELECT 1 FROM audit_events WHERE chain = $1 AND type = 'secret.opened' AND event LIKE '%idempotent-answer%'`,
    [data.consentId],
  );
  expect(opened).toHaveLength(1);
});

test('a delegated call that is asked for again under its key is another one once the first is over: that one is no good any more', async () => {
  const first = await ask();
  await query(stack, `UPDATE idempotent_requests SET answer_expires_at = now() WHERE key_hash = $1`, [hash()]);
  const second = await ask();
  expect([second.status, isReplayed(second)]).toEqual([201, false]);
  expect(second.json['headers']).not.toEqual(first.json['headers']);
  expect(await carry(second)).toBe(200);
  const third = await ask();
  expect([third.text, isReplayed(third)]).toEqual([second.text, true]);
});

test('a delegated call that is asked for again under its key is given to nobody after the revocation, and its copy goes with the token', async () => {
  const gone = await Data.of(application);
  await ask(gone.consentId);
  const bankConsentId = (await application.consent(gone.consentId)).granted?.bankConsentId;
  await application.revoke(gone.consentId);
  await bank.ended(bankConsentId);
  await until('the token is destroyed', async () => {
    const left = await query(stack, 'SELECT 1 FROM grants WHERE consent_id = $1 AND tokens_jwe IS NOT NULL', [
      gone.consentId,
    ]);
    return left.length === 0;
  });
  expect(await copies()).toMatchObject([{ answer_jwe: null, answer_shares: null, answer_expires_at: null }]);
  const after = await ask(gone.consentId);
  expect([after.status, after.json['code'], isReplayed(after)]).toEqual([409, 'consent_ended', false]);
});

test('a delegated call that is asked for again under its key is given to nobody while the token is still there to tell the bank of the end', async () => {
  const gone = await Data.of(application);
  await ask(gone.consentId);
  await query(stack, `UPDATE consents SET revocation_requested_at = now() WHERE id = $1`, [gone.consentId]);
  const after = await ask(gone.consentId);
  expect([after.status, after.json['code']]).toEqual([409, 'consent_ended']);
  await application.revoke(gone.consentId);
});

test('a delegated call that is asked for again under its key is given to nobody whom an operator no longer allows it', async () => {
  await ask();
  await command('disallow', id, '--delegated-calls');
  const after = await ask();
  await command('allow', id, '--delegated-calls');
  expect([after.status, after.json['code']]).toEqual([403, 'delegation_not_allowed']);
  expect((await ask()).status).toBe(201);
});
