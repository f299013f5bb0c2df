import { ConsentFailure } from '../../src/domain/failures';
import { bankReported, retryEnding, revoke, usedUp } from '../../src/workflows/contract';
import { GRANTED, TERMS } from '../recorded-consent';
import { BY_PERSON, brokenFor, type RecordedLife } from './life';

const ONCE = { durationType: 'ONE_TIME', resources: TERMS.resources } as const;

/** Every end, and the bank that is told of it. */
export const ENDS: Readonly<Record<string, RecordedLife>> = {
  revoked: {
    async story(consent) {
      await consent.authorize();
      await consent.tell(revoke, BY_PERSON);
      await consent.liveToTheEnd();
    },
  },
  'revoked-before-a-grant': {
    async story(consent) {
      await consent.launch();
      await consent.tell(revoke, BY_PERSON);
      await consent.liveToTheEnd();
    },
  },
  'revoked-at-the-bank': {
    activities: () => ({ reviewGrant: () => Promise.resolve({ verdict: 'revoked', reason: 'USER_ACTION' }) }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(bankReported, { source: 'reconcile' });
      await consent.liveToTheEnd();
    },
  },
  'revoked-bank-away': {
    activities: () => ({ endGrantAtBank: () => Promise.reject(new ConsentFailure('fdx_unreachable')) }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(revoke, BY_PERSON);
      await consent.sleep(2);
    },
  },
  'revoked-needs-operator': {
    activities: () => ({ endGrantAtBank: () => Promise.reject(new ConsentFailure('fdx_request_rejected')) }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(revoke, BY_PERSON);
      await consent.sleep(10);
      await consent.reaches('revoked', { bankEnding: 'needs_operator' });
    },
  },
  'revoked-by-an-operator-in-the-end': {
    activities: ({ activities, now }) => ({
      endGrantAtBank: brokenFor(9, now, (input) => activities.endGrantAtBank(input)),
    }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(revoke, BY_PERSON);
      await consent.sleep(10);
      await consent.reaches('revoked', { bankEnding: 'needs_operator' });
      await consent.tell(retryEnding);
      await consent.liveToTheEnd();
    },
  },
  'used-up': {
    input: () => Promise.resolve({ terms: ONCE }),
    activities: ({ now }) => ({
      readGrant: async () => ({ granted: { ...GRANTED, ...ONCE, source: 'scope' }, grantedAt: await now() }),
    }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(usedUp);
      await consent.liveToTheEnd();
    },
  },
  'denied-then-purged': {
    async story(consent) {
      await consent.answer(await consent.launch(), { kind: 'error', error: 'access_denied' });
      await consent.liveToTheEnd();
    },
  },
  'abandoned-then-purged': {
    async story(consent) {
      await consent.launch();
      await consent.liveToTheEnd();
    },
  },
  'failed-then-purged': {
    activities: () => ({ pushAuthorizationRequest: () => Promise.reject(new ConsentFailure('as_request_rejected')) }),
    async story(consent) {
      await consent.launch();
      await consent.liveToTheEnd();
    },
  },
};
