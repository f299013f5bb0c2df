import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { query } from './support/database';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';
import { until } from './support/until';

const application = new Application(currentStack());
const bank = reserveBank(application.stack);

/** The columns that may hold what can be used at the bank. */
const secretsOf = (consentId: string): Promise<Record<string, unknown>[]> =>
  query(
    application.stack,
    `SELECT tokens_jwe, secrets_jwe, token_response_jwe, grants.destroyed_at IS NOT NULL AS destroyed
     FROM grants JOIN authorizations ON authorizations.id = authorization_id WHERE grants.consent_id = $1`,
    [consentId],
  );

/** The bank is told first, with what the tokens open; then they go. */
const destroyed = (consentId: string): Promise<true> =>
  until(`the destruction of the tokens of ${consentId}`, async () => {
    const rows = await secretsOf(consentId);
    return rows.length > 0 && rows.every((row) => row['tokens_jwe'] === null) ? true : undefined;
  });

test('a consent ends when the bank says it does: status expired, bank told, tokens destroyed, receipt kept', async () => {
  const expirationTime = new Date(Date.now() + 10_000).toISOString();
  await bank.plant({ endpoint: 'consents', fault: { kind: 'rewrite_json', set: { expirationTime } } });
  const journey = await Journey.walk(application);
  const active = await journey.consent();
  expect(active).toMatchObject({ status: 'active', expirationDate: expirationTime });
  expect(await secretsOf(journey.consentId)).toEqual([
    { tokens_jwe: expect.any(String) as string, secrets_jwe: null, token_response_jwe: null, destroyed: false },
  ]);

  const expired = await journey.reaches('expired');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expirationTime));
  expect(expired).toMatchObject({ failure: { code: 'consent_expired' }, receiptId: active.receiptId });
  await destroyed(journey.consentId);
  expect(await journey.consent()).toMatchObject({ status: 'expired', receiptId: active.receiptId });
  expect(await secretsOf(journey.consentId)).toEqual([
    { tokens_jwe: null, secrets_jwe: null, token_response_jwe: null, destroyed: true },
  ]);
  expect((await application.call(`/v1/consents/${journey.consentId}/receipt`)).status).toBe(200);
  await journey.browser.open(journey.launchUrl);
  expect(journey.browser.text).toContain('has ended');
});

test('a grant that had expired when it came is never active', async () => {
  const expirationTime = new Date(Date.now() - 1_000).toISOString();
  await bank.plant({ endpoint: 'consents', fault: { kind: 'rewrite_json', set: { expirationTime } } });
  const journey = await Journey.walk(application);
  await journey.reaches('expired', 10_000);
  await destroyed(journey.consentId);
});

test('the bank’s word on the end counts only where it is earlier than what was asked', async () => {
  const expirationTime = new Date(Date.now() + 500 * 86_400_000).toISOString();
  await bank.plant({ endpoint: 'consents', fault: { kind: 'rewrite_json', set: { expirationTime } } });
  const before = Date.now();
  const journey = await Journey.walk(application, { durationPeriod: 30 });
  const { expirationDate = '' } = await journey.consent();
  expect(Date.parse(expirationDate) - before).toBeLessThanOrEqual(30 * 86_400_000 + 60_000);
});
