import { randomBytes, randomUUID } from 'node:crypto';
import { purgeConsent } from '../../src/activities/purge';
import type { ApplicationId, ConsentId, InstitutionId, InvitationId } from '../../src/domain/ids';
import { rotateSigningKeys } from '../../src/signing/rotation';
import { createApiKey, revokeApiKey, rotateApiKey } from '../../src/store/api-keys';
import { addApplicationClient, removeApplicationClient } from '../../src/store/application-clients';
import { allowDelegation, saveApplication } from '../../src/store/applications';
import { removeConsent } from '../../src/store/evidence';
import { destroyGrant, noteEndingSteps, storeRefreshedTokens } from '../../src/store/grants';
import { saveInstitution, setPaused } from '../../src/store/institutions';
import { forgetInvitation, insertInvitation } from '../../src/store/invitations';
import { createKeyUse } from '../../src/store/key-use';
import { insertNotice, markRevoked } from '../../src/store/life';
import { openedFor } from '../../src/store/opening-log';
import { closeOperatorTask, openOperatorTask } from '../../src/store/operator-tasks';
import { noteGrantLost, noteRefreshFailure } from '../../src/store/refreshes';
import { beginRegistration, noteFailure } from '../../src/store/registrations';
import { currentStack } from '../setup/stack-access';
import { bankWith } from '../unit/support/profile';
import { APPLICATION_ID, OwnBooks } from './support/own-books';
import { plantConsent, TERMS, type PlantedConsent } from './support/planted-consent';

/*
 * What the product's own functions change, as events: each once, and again only when something changes again.
 */
let books: OwnBooks;
let consent: PlantedConsent;
const BANK = 'bank' as InstitutionId;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});
afterAll(() => books.close());
beforeEach(async () => {
  consent = await plantConsent(books, 'active');
});

interface Told {
  readonly type: string;
  readonly actor: string;
  readonly reason?: string;
  readonly correlationId?: string;
}

/** What a chain was told while the work was done. */
async function toldBy(chain: string, work: () => Promise<unknown>): Promise<Told[]> {
  const [before] = await books.run('SELECT coalesce(max(seq), 0) AS seq FROM audit_events WHERE chain = $1', [chain]);
  await work();
  const rows = await books.run('SELECT event FROM audit_events WHERE chain = $1 AND seq > $2 ORDER BY seq', [
    chain,
    before?.['seq'],
  ]);
  return rows.map(({ event }) => {
    const { type, actor, reason, correlationId } = JSON.parse(event as string) as Told;
    return {
      type,
      actor,
      ...(reason !== undefined && { reason }),
      ...(correlationId !== undefined && { correlationId }),
    };
  });
}

const state = () => ({ status: 'active', nextAction: 'renew', stage: 'none', grantedBy: consent.secondTrip }) as const;
const invitation = (id: InvitationId) => ({
  ...{ id, consentId: consent.id, reason: 'renew' as const, terms: TERMS, authorizeBy: new Date() },
  ...{ launchHash: randomBytes(32), launchSealed: 'x' },
});
const INVITATION = 'inv_1' as InvitationId;
const TASK = () =>
  ({ kind: 'grant_ending_failed', consentId: consent.id, authorizationId: consent.secondTrip }) as const;
const failure = 'as_unreachable';

type Deed = [string, () => Promise<unknown>, (trip: string) => object[]];
const OF_A_CONSENT: Deed[] = [
  [
    'a refresh',
    () => storeRefreshedTokens(books.database, consent.secondTrip, { tokensSealed: 'x' }),
    (trip) => [{ type: 'grant.refreshed', actor: 'service', correlationId: trip }],
  ],
  [
    'a refresh that failed',
    () => noteRefreshFailure(books.database, consent.secondTrip, failure, 1),
    (trip) => [{ type: 'grant.refresh_failed', actor: 'service', reason: failure, correlationId: trip }],
  ],
  [
    'a loss that is noted twice',
    async () => {
      await noteGrantLost(books.database, consent.secondTrip);
      await noteGrantLost(books.database, consent.secondTrip);
    },
    (trip) => [{ type: 'grant.lost', actor: 'bank', correlationId: trip }],
  ],
  [
    'an ending, step by step',
    async () => {
      await noteEndingSteps(books.database, consent.secondTrip, {}, failure);
      await destroyGrant(books.database, consent.secondTrip);
    },
    (trip) => [
      { type: 'grant.ended_at_bank', actor: 'workflow', reason: failure, correlationId: trip },
      // That nothing stands in its way any more is news too.
      { type: 'grant.ended_at_bank', actor: 'workflow', correlationId: trip },
      { type: 'grant.tokens_destroyed', actor: 'workflow', correlationId: trip },
    ],
  ],
  [
    'a notice that is given twice',
    async () => {
      const notice = { consentId: consent.id, deadline: new Date(0), days: 7, state: { ...state(), noticeDays: 7 } };
      await insertNotice(books.database, notice);
      await insertNotice(books.database, notice);
    },
    (trip) => [
      { type: 'notice.given', actor: 'workflow' },
      { type: 'consent.updated', actor: 'workflow', correlationId: trip },
    ],
  ],
  [
    'a task, opened and closed',
    async () => {
      await openOperatorTask(books.database, { ...TASK(), institutionId: BANK, failure });
      await closeOperatorTask(books.database, TASK(), 'Ms Kim was called');
    },
    (trip) => [
      { type: 'task.opened', actor: 'service', reason: failure, correlationId: trip },
      { type: 'task.closed', actor: 'service', correlationId: trip },
    ],
  ],
  [
    'a link that comes to nothing',
    async () => {
      await openedFor(
        () => ({ openedBy: 'cli:ops', reason: 'consents renew', requestId: 'act_7' }),
        () => insertInvitation(books.database, invitation(INVITATION)),
      );
      await forgetInvitation(books.database, INVITATION);
    },
    () => [
      { type: 'invitation.opened', actor: 'cli:ops', reason: 'renew', correlationId: 'act_7' },
      { type: 'invitation.forgotten', actor: 'service', correlationId: INVITATION },
    ],
  ],
  [
    'a revocation that is asked for twice',
    () =>
      openedFor(
        () => ({ openedBy: 'operator:key_1', reason: 'x', requestId: 'request-1' }),
        async () => {
          const revocation = { initiator: 'DATA_RECIPIENT', reason: 'BUSINESS_RULE' } as const;
          await markRevoked(books.database, consent.id, revocation);
          await markRevoked(books.database, consent.id, revocation);
        },
      ),
    () => [
      { type: 'revocation.requested', actor: 'operator:key_1', reason: 'BUSINESS_RULE', correlationId: 'request-1' },
      expect.objectContaining({ type: 'consent.revoked', actor: 'workflow', reason: 'consent_revoked' }) as object,
    ],
  ],
];

test.each(OF_A_CONSENT)('%s', async (_, deed, expected) => {
  expect(await toldBy(consent.id, deed)).toEqual(expected(consent.secondTrip));
});

test('the destruction of personal data, and its certificate', async () => {
  const ended = await plantConsent(books, 'revoked', { purge_due_at: new Date(0) });
  const told = await toldBy(ended.id, () => purgeConsent(books.dependencies(), { consentId: ended.id }));
  expect(told.map(({ type }) => type).toSorted()).toEqual(
    expect.arrayContaining(['consent.deletion_certified', 'consent.purged', 'grant.tokens_destroyed']),
  );
});

test('the removal of all that there is of a consent tells nobody of its links', async () => {
  const ended = await plantConsent(books, 'revoked', { purge_due_at: new Date(0) });
  await purgeConsent(books.dependencies(), { consentId: ended.id });
  expect(await toldBy(ended.id, () => removeConsent(books.database, ended.id))).toEqual([]);
});

const OF_THE_SERVICE: [string, () => Promise<unknown>, string[]][] = [
  [
    'an application and what it may do',
    async () => {
      const id = `app-${randomUUID()}` as ApplicationId;
      await saveApplication(books.database, { id, name: 'App', returnUrls: [] });
      await saveApplication(books.database, { id, name: 'App', returnUrls: [] });
      await allowDelegation(books.database, id, true);
    },
    ['application.added', 'application.changed'],
  ],
  [
    'a key of the API, rotated, used and revoked twice',
    async () => {
      const owner = { role: 'operator' } as const;
      const { id } = await createApiKey(books.database, owner, 'Ms Kim');
      await rotateApiKey(books.database, owner, id, 60);
      const use = createKeyUse(books.database, () => undefined);
      use.note(id);
      await use.settled();
      await revokeApiKey(books.database, owner, id);
      await revokeApiKey(books.database, owner, id);
    },
    ['api_key.created', 'api_key.created', 'api_key.rotated', 'api_key.revoked'],
  ],
  [
    'a client of an issuer',
    async () => {
      const client = { issuer: 'https://login.example', clientId: 'backend' };
      const { id } = await addApplicationClient(books.database, APPLICATION_ID, client);
      await removeApplicationClient(books.database, APPLICATION_ID, id);
    },
    ['application_client.added', 'application_client.removed'],
  ],
  [
    'an institution, saved twice and changed',
    async () => {
      await saveInstitution(books.database, bankWith());
      await saveInstitution(books.database, { ...bankWith(), name: 'Another name' });
    },
    ['institution.saved'],
  ],
  [
    'a pause',
    async () => {
      await setPaused(books.database, BANK, { reason: 'Ms Kim told us' });
      await setPaused(books.database, BANK, { reason: 'and again' });
      await setPaused(books.database, BANK, undefined);
    },
    ['institution.paused', 'institution.resumed'],
  ],
  [
    'a registration that fails',
    async () => {
      await beginRegistration(books.database, BANK, {} as never);
      await noteFailure(books.database, BANK, 'as_unreachable', 'Ms Kim');
    },
    ['registration.changed'],
  ],
  [
    'a rotation of keys',
    () =>
      rotateSigningKeys({ database: books.database, vault: books.vault, keyServices: new Map() }, {
        purpose: 'receipt',
        algorithms: ['PS256'],
        provider: 'local',
        force: false,
        leadMs: 0,
        overlapMs: 0,
      } as never),
    ['signing_key.created'],
  ],
];

test.each(OF_THE_SERVICE)('%s', async (_, deed, types) => {
  const told = await toldBy('service', deed);
  expect(told.map(({ type }) => type)).toEqual(types);
  expect(told.every(({ actor }) => actor === 'service')).toBe(true);
  const text = await books.run(`SELECT 1 FROM audit_events WHERE event LIKE '%Kim%'`);
  expect(text).toEqual([]);
});

test('a consent that is nobody’s chain is begun by none of it', async () => {
  const unknown = 'cns_00000000000000000000000000000000' as ConsentId;
  const revocation = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } as const;
  expect(await toldBy(unknown, () => markRevoked(books.database, unknown, revocation))).toEqual([]);
});
