import { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId } from '../../src/domain/ids';
import { GRANTED, TERMS, type Activities } from '../recorded-consent';
import type { RecordedLife } from './life';

/** Renewals, and what becomes of them. */
export const RENEWALS: Readonly<Record<string, RecordedLife>> = {
  invited: {
    async story(consent) {
      await consent.authorize();
      await consent.launch(await consent.invite());
    },
  },
  renewed: {
    async story(consent) {
      await consent.authorize();
      await consent.sleep(40);
      await consent.authorize(await consent.invite());
      await consent.liveToTheEnd();
    },
  },
  changed: {
    activities: ({ now }) => ({
      readGrant: async () => ({ granted: { ...GRANTED, durationPeriod: 30 }, grantedAt: await now() }),
    }),
    async story(consent) {
      await consent.authorize();
      await consent.authorize(await consent.invite({ reason: 'change', terms: { ...TERMS, durationPeriod: 30 } }));
      await consent.sleep(10);
    },
  },
  'renewal-declined': {
    async story(consent) {
      await consent.authorize();
      const trip = await consent.launch(await consent.invite());
      await consent.answer(trip, { kind: 'error', error: 'access_denied' });
      await consent.reaches('active', { failure: 'consent_denied' });
    },
  },
  'renewal-lost-then-granted': {
    activities: ({ grants }) => ({ exchangeCode: losingTheSecond(grants) }),
    async story(consent) {
      await consent.authorize();
      const invitationId = await consent.invite();
      await consent.answer(await consent.launch(invitationId));
      await consent.reaches('active', { stage: 'none', failure: 'code_exchange_unknown' });
      await consent.authorize(invitationId);
      await consent.sleep(1);
    },
  },
  'renewal-lapsed': {
    async story(consent) {
      await consent.authorize();
      await consent.launch(await consent.invite());
      await consent.sleep(4);
      await consent.reaches('active', { nextAction: 'none' });
    },
  },
  'renewal-cancelled': {
    async story(consent) {
      await consent.authorize();
      await consent.cancel(await consent.invite());
      await consent.sleep(10);
    },
  },
  'stray-answer': {
    async story(consent) {
      await consent.authorize();
      const invitationId = await consent.invite();
      const trip = await consent.launch(invitationId);
      await consent.cancel(invitationId);
      await consent.answer(trip);
      await consent.sleep(10);
    },
  },
  'two-answers-at-once': {
    async story(consent) {
      const [left, right] = [await consent.launch(), await consent.launch()];
      await Promise.all([consent.answer(left), consent.answer(right)]);
      await consent.reaches('active');
      await consent.sleep(1);
    },
  },
};

/** The answer to the second exchange is lost. */
function losingTheSecond(grants: Set<AuthorizationId>): Activities['exchangeCode'] {
  let count = 0;
  return ({ authorizationId }) => {
    count += 1;
    if (count === 2) return Promise.reject(new ConsentFailure('code_exchange_unknown'));
    grants.add(authorizationId);
    return Promise.resolve();
  };
}
