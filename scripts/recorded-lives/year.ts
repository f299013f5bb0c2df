import { ConsentFailure } from '../../src/domain/failures';
import { bankReported, remind } from '../../src/workflows/contract';
import { DAY_MS, GRANTED, TERMS } from '../recorded-consent';
import type { RecordedLife } from './life';

/** A year without anything, and what the bank makes of it. */
export const YEARS: Readonly<Record<string, RecordedLife>> = {
  'quiet-year': {
    input: () => Promise.resolve({ terms: { ...TERMS, durationPeriod: 365 } }),
    activities: ({ now }) => ({
      readGrant: async () => ({ granted: { ...GRANTED, durationPeriod: 365 }, grantedAt: await now() }),
    }),
    async story(consent) {
      await consent.authorize();
      await consent.liveToTheEnd();
    },
  },
  'asleep-after-a-notice': {
    async story(consent) {
      await consent.authorize();
      await consent.sleep(35);
      await consent.reaches('active', { noticeDays: 30 });
      await consent.tell(remind);
      await consent.reaches('active', { noticeDays: 25 });
    },
  },
  'grant-lost-then-reauthorized': {
    activities: () => ({ reviewGrant: () => Promise.resolve({ verdict: 'lost' }) }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(bankReported, { source: 'refresh' });
      await consent.reaches('active', { isGrantLost: true });
      await consent.sleep(2);
      await consent.authorize(await consent.invite({ reason: 'reauthorize' }));
      await consent.sleep(2);
    },
  },
  'grant-ran-out': {
    activities: ({ now }) => ({
      readGrant: async () => {
        const grantedAt = await now();
        return { granted: GRANTED, grantedAt, grantExpiresAt: grantedAt + 20 * DAY_MS };
      },
    }),
    async story(consent) {
      await consent.authorize();
      await consent.liveToTheEnd();
    },
  },
  redated: {
    activities: ({ now }) => ({
      reviewGrant: async () => {
        const [at, granted] = [await now(), GRANTED];
        return { verdict: 'changed', granted: { ...granted, expiresAt: at + 10 * DAY_MS }, grantedAt: at };
      },
    }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(bankReported, { source: 'notification' });
      await consent.sleep(5);
      await consent.reaches('active', { noticeDays: 7 });
    },
  },
  'report-looked-into': {
    activities: () => ({ reviewGrant: failingAtFirst('fdx_unreachable', () => ({ verdict: 'as_recorded' }) as const) }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(bankReported, { source: 'poll' });
      await consent.tell(bankReported, { source: 'data_access' });
      await consent.sleep(1);
    },
  },
};

function failingAtFirst<Result>(code: 'fdx_unreachable', then: () => Result): () => Promise<Result> {
  let failed = false;
  return () => {
    if (failed) return Promise.resolve(then());
    failed = true;
    return Promise.reject(new ConsentFailure(code));
  };
}
