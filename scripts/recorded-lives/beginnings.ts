import { setTimeout as delay } from 'node:timers/promises';
import type { ConsentState } from '../../src/domain/consent';
import type { AuthorizationId, ReceiptId } from '../../src/domain/ids';
import { remind, revoke, type ConsentInput } from '../../src/workflows/contract';
import { DAY_MS, TERMS, type RecordedWorld } from '../recorded-consent';
import { BY_PERSON, brokenFor, type RecordedLife } from './life';

const POLICY = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600 };

/** Runs that do not begin with a request: handed over, from the row, or under an earlier version. */
export const BEGINNINGS: Readonly<Record<string, RecordedLife>> = {
  'handed-over': {
    input: () => Promise.resolve({ policy: { ...POLICY, eventsPerRun: 50 } }),
    run: 'first',
    async story(consent) {
      await consent.authorize();
      await consent.sleep(50);
    },
  },
  'taken-over': {
    input: () => Promise.resolve({ policy: { ...POLICY, eventsPerRun: 60 } }),
    async story(consent) {
      await consent.authorize();
      await consent.launch(await consent.invite({ authorizeBy: 4_000_000_000_000 }));
      await consent.sleep(35);
      await consent.tell(revoke, BY_PERSON);
      await delay(1_000);
    },
  },
  'taken-over-after-the-end': {
    input: () => Promise.resolve({ policy: { ...POLICY, eventsPerRun: 40 } }),
    activities: ({ activities, now }) => ({
      endGrantAtBank: brokenFor(3, now, (input) => activities.endGrantAtBank(input)),
    }),
    async story(consent) {
      await consent.authorize();
      await consent.tell(revoke, BY_PERSON);
      await consent.liveToTheEnd();
    },
  },
  'from-its-row': {
    input: (world) => inputFromRow(world, { status: 'active' }),
    async story(consent) {
      await consent.sleep(35);
      await consent.reaches('active', { noticeDays: 30 });
      await consent.tell(revoke, BY_PERSON);
      await consent.liveToTheEnd();
    },
  },
  'from-its-row-after-the-end': {
    input: (world) => inputFromRow(world, { status: 'revoked', failure: 'consent_revoked', bankEnding: 'pending' }),
    async story(consent) {
      await consent.liveToTheEnd();
    },
  },
  'joined-in': {
    async beginsEarlier(consent) {
      await consent.authorize();
      await consent.sleep(10);
    },
    async story(consent) {
      await consent.authorize(await consent.invite());
      await consent.sleep(40);
      await consent.reaches('active', { noticeDays: 30 });
      await consent.tell(revoke, BY_PERSON);
      await consent.liveToTheEnd();
    },
  },
  'joined-in-by-a-timer': {
    async beginsEarlier(consent) {
      await consent.authorize();
      await consent.sleep(10);
    },
    async story(consent) {
      await consent.liveToTheEnd();
    },
  },
  'joined-in-while-connecting': {
    async beginsEarlier(consent) {
      await consent.launch();
    },
    async story(consent) {
      await consent.authorize();
      await consent.sleep(40);
    },
  },
  'joined-in-after-a-late-answer': {
    async beginsEarlier(consent) {
      const late = await consent.launch();
      await consent.authorize();
      await consent.answer(late);
      await consent.sleep(10);
    },
    async story(consent) {
      await consent.sleep(10);
      await consent.reaches('active', { stage: 'none' });
    },
  },
  'joined-in-told-too-early': {
    async beginsEarlier(consent) {
      await consent.authorize();
      await consent.tell(remind);
      await consent.tell(revoke, BY_PERSON);
      await consent.sleep(10);
    },
    async story(consent) {
      await consent.liveToTheEnd();
    },
  },
};

async function inputFromRow(
  { now, grants }: RecordedWorld,
  state: Partial<ConsentState>,
): Promise<Partial<ConsentInput>> {
  const grantedBy = 'aut_of_the_row' as AuthorizationId;
  grants.add(grantedBy);
  const at = await now();
  const known = { nextAction: 'none', stage: 'none', grantedBy, receiptId: 'rcp_of_the_row' as ReceiptId } as const;
  return {
    life: {
      state: { status: 'active', ...known, expiresAt: at + 60 * DAY_MS, ...state },
      terms: TERMS,
      ...{ deadlineKnownSince: at, launches: 0, trips: [], answers: [], reports: [], endings: [] },
      story: ['goes on from the database: its workflow was lost'],
      ...(state.status === 'revoked' && { endedAt: at }),
    },
  };
}
