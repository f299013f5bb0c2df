import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Answer } from './support/application';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent } from './support/command';
import { Data } from './support/data';
import { query } from './support/database';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

/*
 * One bank hangs. It gets as many requests as its profile allows, whoever else waits for it is told to come back, and the other bank
 * is read through the same process as ever.
 */
const LIMIT = 3;
const CALLERS = 25;
/** Longer than anybody stands in line. */
const ANSWER_WITHIN_SECONDS = 6;

let own: PrivateStack;
let bank: Bank;
let hanging: Data;
let lively: Data;

beforeAll(async () => {
  own = await startPrivateStack({
    bankEnv: { SANDBOX_DATABASE_URL: '' },
    apiEnv: { OUTBOUND_TIMEOUT_SECONDS: String(ANSWER_WITHIN_SECONDS) },
  });
  bank = new Bank(own.stack);
  const application = new Application(own.stack);
  await addSlowBank();
  hanging = await Data.of(application, { institutionId: 'slow-bank' });
  lively = await Data.of(application);
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());

/** The sandbox bank under another name, with fewer places. */
async function addSlowBank(): Promise<void> {
  const [row] = await query(own.stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank'`);
  const profile = row?.['profile'] as { fdx: object };
  const file = path.join(own.stack.logDirectory, '..', 'slow-bank.json');
  const fdx = { ...profile.fdx, maxConcurrentRequests: LIMIT };
  await writeFile(file, JSON.stringify({ ...profile, id: 'slow-bank', name: 'Slow Bank', fdx }));
  const { code, stderr } = await fdxConsent(['institutions', 'add', file], own.stack.productEnvironment);
  if (code !== 0) throw new Error(stderr);
}

async function hang({ consentId, application }: Data): Promise<void> {
  const { granted } = await application.consent(consentId);
  const authorization = { consentId: granted?.bankConsentId ?? '' };
  await bank.plant({ endpoint: 'accounts', fault: { kind: 'timeout' }, authorization });
}

const codeOf = ({ json }: Answer): unknown => json['code'];

test('a bank that hangs takes its places and no more, and the other one is answered as ever', async () => {
  await hang(hanging);
  const calls = Array.from({ length: CALLERS }, () => hanging.read('/accounts'));
  await until('requests at the bank', async () => (await bank.requests('accounts')).length === LIMIT);

  const startedAt = Date.now();
  const others = await Promise.all(Array.from({ length: 2 * CALLERS }, () => lively.outcome('/accounts')));
  // While the others hang: nobody of them has got an answer yet.
  const tookMs = Date.now() - startedAt;
  expect(others).toEqual(Array(2 * CALLERS).fill(200));
  expect(tookMs).toBeLessThan(ANSWER_WITHIN_SECONDS * 1000);

  const answers = await Promise.all(calls);
  const turnedAway = answers.filter((answer) => codeOf(answer) === 'institution_busy');
  expect(turnedAway).toHaveLength(CALLERS - LIMIT);
  for (const { status, headers } of turnedAway) expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  const askedFor = answers.filter((answer) => codeOf(answer) === 'fdx_unreachable');
  expect(askedFor).toHaveLength(LIMIT);
  const atTheBank = (await bank.requests('accounts')).filter(({ status }) => status === null);
  expect(atTheBank).toHaveLength(LIMIT);
});

test('its places are free again when it has got over it', async () => {
  expect(await Promise.all(Array.from({ length: CALLERS }, () => hanging.outcome('/accounts')))).toEqual(
    Array(CALLERS).fill(200),
  );
});

test('a caller who stands in line gets its turn', async () => {
  const { granted } = await hanging.application.consent(hanging.consentId);
  const authorization = { consentId: granted?.bankConsentId ?? '' };
  await bank.plant({ endpoint: 'accounts', fault: { kind: 'delay', milliseconds: 400 }, authorization });
  const startedAt = Date.now();
  const outcomes = await Promise.all(Array.from({ length: 2 * LIMIT }, () => hanging.outcome('/accounts')));
  expect(outcomes).toEqual(Array(2 * LIMIT).fill(200));
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(800);
});

test('what one bank asks everybody to wait does not hold for another', async () => {
  const { granted } = await hanging.application.consent(hanging.consentId);
  const authorization = { consentId: granted?.bankConsentId ?? '' };
  const fault = { kind: 'status' as const, status: 503, headers: { 'retry-after': '60' } };
  await bank.plant({ endpoint: 'accounts', times: 1, fault, authorization });
  expect(await hanging.outcome('/accounts')).toBe('fdx_unreachable');
  await bank.reset();
  const held = await hanging.read('/accounts/acc-1001');
  expect([held.status, codeOf(held)]).toEqual([503, 'fdx_unreachable']);
  expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(await bank.requests('accounts')).toEqual([]);
  expect(await lively.outcome('/accounts')).toBe(200);
});
