import { productCommand } from '../../scripts/dev/registration';
import { Application } from './support/application';
import { query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { PublishingBank, type HeardRequest } from './support/publishing-bank';
import { Rounds } from './support/rounds';
import { bankReports } from './support/signals';
import { until } from './support/until';

const TEST_MS = 120_000;

let own: PrivateStack;
let rounds: Rounds;

beforeAll(async () => {
  own = await startPrivateStack();
  rounds = await Rounds.at(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await rounds.close();
  await own.end();
});

const banks: PublishingBank[] = [];
async function startBank(changes: Parameters<typeof PublishingBank.start>[1] = {}): Promise<PublishingBank> {
  const bank = await PublishingBank.start(own.stack, changes);
  banks.push(bank);
  return bank;
}
afterEach(async () => {
  await Promise.all(banks.splice(0).map((bank) => bank.stop()));
});

const round = () => rounds.run();

describe('polling', () => {
  test(
    'takes in every page of what is new, once, and whatever cannot be read is passed over',
    async () => {
      const bank = await startBank({ notifications: { mode: 'poll' } });
      const journey = await Journey.walk(new Application(own.stack), { institutionId: bank.institutionId });
      const [row] = await query(own.stack, 'SELECT bank_consent_id FROM grants WHERE consent_id = $1', [
        journey.consentId,
      ]);
      const consent = { consentId: journey.consentId, bankConsentId: String(row?.['bank_consent_id']) };
      const ids = ['p-1', 'p-2', 'p-3'];
      const [first, second, third] = ids.map((notificationId) =>
        bank.notification(notificationId === 'p-3' ? consent.bankConsentId : 'unheard-of', { notificationId }),
      );
      const pages: Record<string, object> = {
        '/notifications': { notifications: [first, { nonsense: true }], page: { nextPageKey: 'k/2' } },
        '/notifications?pageKey=k%2F2': { notifications: [second], links: { next: { href: '/notifications?more=1' } } },
        '/notifications?more=1': { notifications: [third, second, null] },
      };
      bank.respond = ({ path }) => (pages[path] ? { status: 200, json: pages[path] } : undefined);

      expect(await round()).toMatchObject({ troubled: 0 });
      await until(
        'the workflow is told',
        async () => (await bankReports(own.stack, consent.consentId)).length > 0,
        50_000,
      );
      expect(await bankReports(own.stack, consent.consentId)).toMatchObject([{ source: 'poll' }]);
      expect(await bank.kept('p-3')).toMatchObject([
        { source: 'polled', outcome: 'told', consent_id: consent.consentId },
      ]);
      expect(await bank.kept('p-1')).toMatchObject([{ outcome: 'unknown_consent' }]);
      await round();
      expect(await bankReports(own.stack, consent.consentId)).toHaveLength(1);
      expect(bank.heard.filter(({ path }) => path.startsWith('/notifications'))).toHaveLength(6);
    },
    TEST_MS,
  );

  test(
    'of a bank whose pages never end comes to an end, and is no failure of the round',
    async () => {
      const bank = await startBank({ notifications: { mode: 'poll' } });
      let pages = 0;
      bank.respond = () => ({ status: 200, json: { notifications: [], page: { nextPageKey: `k${(pages += 1)}` } } });
      await round();
      expect(pages).toBe(50);
      bank.respond = () => ({ status: 500 });
      expect(await round()).toMatchObject({ troubled: 1 });
    },
    TEST_MS,
  );
});

describe('our subscriptions at a bank', () => {
  interface Listed {
    readonly type: string;
    readonly state: string;
    readonly subscriptionId?: string;
    readonly failure?: string;
  }

  const listed = async ({ institutionId }: PublishingBank): Promise<Listed[]> =>
    JSON.parse(
      await productCommand(['institutions', 'subscriptions', institutionId, '--json'], own.stack.productEnvironment),
    ) as Listed[];

  /** A bank that keeps subscriptions, and what we asked of it since the last look. */
  function keeping(bank: PublishingBank) {
    const book = new Map<string, unknown>();
    let made = 0;
    bank.respond = ({ method, path, body }) => {
      if (method === 'POST' && path === '/notification-subscriptions') {
        made += 1;
        book.set(`s-${made}`, body);
        return { status: 201, json: { subscriptionId: `s-${made}`, ...(body as object) } };
      }
      const id = path.replace('/notification-subscriptions/', '');
      if (!book.has(id)) return { status: 404, json: { code: '1107', message: 'No data' } };
      if (method === 'GET') return { status: 200, json: { subscriptionId: id } };
      book.delete(id);
      return { status: 204 };
    };
    const asked = (): string[] =>
      bank.heard.splice(0).map(({ method, path }: HeardRequest) => `${method} ${path.replace('notification-', '')}`);
    return { book, asked };
  }

  const lookAgain = (bank: PublishingBank) =>
    query(
      own.stack,
      `UPDATE notification_subscriptions SET checked_at = now() - interval '1 day' WHERE institution_id = $1`,
      [bank.institutionId],
    );

  test(
    'are made for each type, made anew when the bank has lost one or we have moved, and deleted when nobody wants them',
    async () => {
      const bank = await startBank({ notifications: { mode: 'subscribe' } });
      const { book, asked } = keeping(bank);
      await round();
      expect(asked()).toEqual(['POST /subscriptions', 'POST /subscriptions']);
      expect([...book.values()]).toMatchObject(
        ['CONSENT_REVOKED', 'CONSENT_UPDATED'].map((type) => ({
          type,
          category: 'CONSENT',
          callbackUrl: `${own.stack.urls.api}/notifications`,
          subscriber: { name: 'FDX Consent', type: 'DATA_ACCESS_PLATFORM' },
          effectiveDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
        })),
      );
      expect(await listed(bank)).toMatchObject([
        { type: 'CONSENT_REVOKED', state: 'subscribed', subscriptionId: 's-1' },
        { type: 'CONSENT_UPDATED', state: 'subscribed', subscriptionId: 's-2' },
      ]);

      await round();
      expect(asked()).toEqual([]);

      book.delete('s-1');
      await lookAgain(bank);
      await round();
      expect(asked()).toEqual(['GET /subscriptions/s-1', 'POST /subscriptions', 'GET /subscriptions/s-2']);

      await query(
        own.stack,
        `UPDATE notification_subscriptions SET callback_url = 'https://old.example' WHERE subscription_id = 's-2'`,
      );
      await round();
      expect(asked()).toEqual(['DELETE /subscriptions/s-2', 'POST /subscriptions']);
      expect([...book.keys()]).toEqual(['s-3', 's-4']);

      await bank.configure({ notifications: { mode: 'none' } });
      await round();
      expect(asked()).toEqual(['DELETE /subscriptions/s-3', 'DELETE /subscriptions/s-4']);
      expect(await listed(bank)).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'whose answer was lost, or that the bank refuses, are told with the failure and tried again in the next round',
    async () => {
      const bank = await startBank({ notifications: { mode: 'subscribe', types: ['CONSENT_REVOKED'] } });
      bank.respond = () => 'lost';
      expect(await round()).toMatchObject({ troubled: 1 });
      expect(await listed(bank)).toMatchObject([{ state: 'wanted', failure: 'fdx_unreachable' }]);
      bank.respond = () => ({ status: 403, json: { code: '602' } });
      await round();
      expect(await listed(bank)).toMatchObject([{ state: 'wanted', failure: 'fdx_request_rejected' }]);
      keeping(bank);
      expect(await round()).toMatchObject({ troubled: 0 });
      const [subscription] = await listed(bank);
      expect(subscription).toMatchObject({ state: 'subscribed', subscriptionId: 's-1' });
      expect(subscription).not.toHaveProperty('failure');
    },
    TEST_MS,
  );
});
