import { randomBytes, randomUUID } from 'node:crypto';
import type { ConsentState, ConsentStatus } from '../../../src/domain/consent';
import type { AuthorizationId, ConsentId, InstitutionId, InvitationId, ReceiptId } from '../../../src/domain/ids';
import type { ConsentTerms } from '../../../src/domain/terms';
import { insertConsent } from '../../../src/store/consents';
import { evidenceKeyOf } from '../../../src/store/evidence-keys';
import { placeHold, releaseHold } from '../../../src/store/legal-holds';
import type { DataKey, SealPurpose } from '../../../src/store/vault';
import { Canaries } from './canaries';
import { APPLICATION_ID, type OwnBooks } from './own-books';

export const TERMS: ConsentTerms = {
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
};

/** What every planted person typed to agree. */
export const NAME = 'Ada Lovelace';

/** One consent with everything that a year leaves behind: two grants, custody, links, notices, tasks, notifications. */
export interface PlantedConsent {
  readonly id: ConsentId;
  readonly firstTrip: AuthorizationId;
  readonly secondTrip: AuthorizationId;
  /** Every secret and every personal datum of it. */
  readonly canaries: Canaries;
}

const idOf = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** Plants a consent in the state it has after a renewal; what else is said of it replaces columns of its row. */
export async function plantConsent(
  books: OwnBooks,
  status: ConsentStatus,
  columns: Readonly<Record<string, unknown>> = {},
): Promise<PlantedConsent> {
  const id = idOf('cns') as ConsentId;
  const canaries = new Canaries();
  const { dataKey, wrapped } = await books.vault.createDataKey(id);
  canaries.add('wrapped data key', wrapped);
  const sealed = sealing(dataKey, canaries);
  const [firstTrip, secondTrip] = [idOf('aut') as AuthorizationId, idOf('aut') as AuthorizationId];
  const firstLink = idOf('inv') as InvitationId;
  await insertConsent(books.database, {
    id,
    applicationId: APPLICATION_ID,
    institutionId: 'bank' as InstitutionId,
    personSealed: await sealed('person', 'person reference'),
    personPseudonym: randomBytes(16).toString('base64url'),
    purpose: 'See all your accounts',
    terms: TERMS,
    returnUrl: `https://app.example/${planted(canaries, 'return URL')}`,
    metadata: { user: planted(canaries, 'metadata'), [planted(canaries, 'name of metadata')]: 'x' },
    state: stateWith(status, secondTrip),
    invitation: {
      id: firstLink,
      consentId: id,
      reason: 'connect',
      terms: TERMS,
      authorizeBy: new Date(),
      launchHash: randomBytes(32),
      launchSealed: await sealed('launch-token', 'launch token'),
    },
    dataKeyWrapped: wrapped,
  });
  await plantTrips(books, { id, firstTrip, secondTrip, firstLink, sealed });
  await plantAgreement(books, { id, firstTrip, firstLink });
  await books.run(
    `INSERT INTO idempotent_requests (id, caller, key_hash, operation, request_digest, answer_jwe, answered_at, answer_shares, expires_at)
     VALUES ($1, 'application:app', sha256(convert_to($1, 'UTF8')), 'searchConsents', 'digest', $2, now(), $3, now() + interval '1 day')`,
    [
      `idm_${randomUUID()}`,
      planted(canaries, 'answer about many'),
      JSON.stringify({ [id]: await sealed('idempotent-view', 'share of an answer'), cns_another: 'share' }),
    ],
  );
  await books.run(
    `UPDATE consents SET workflow_started_at = now() - interval '2 days', granted_at = now(),
       ended_at = CASE WHEN status IN ('requested', 'authorizing', 'active') THEN NULL ELSE now() - interval '2 days' END
     WHERE id = $1`,
    [id],
  );
  for (const [column, value] of Object.entries(columns)) {
    await books.run(`UPDATE consents SET ${column} = $2 WHERE id = $1`, [id, value]);
  }
  return { id, firstTrip, secondTrip, canaries };
}

interface Trips {
  readonly id: ConsentId;
  readonly firstTrip: AuthorizationId;
  readonly secondTrip: AuthorizationId;
  readonly firstLink: InvitationId;
  readonly sealed: (purpose: SealPurpose, kind: string) => Promise<string>;
}

async function plantTrips(books: OwnBooks, { id, firstTrip, secondTrip, firstLink, sealed }: Trips): Promise<void> {
  const secondLink = idOf('inv');
  await books.run(
    `INSERT INTO invitations (id, consent_id, reason, terms, authorize_by, launch_hash, launch_jwe, outcome, closed_at)
     VALUES ($1, $2, 'renew', $3, now(), $4, $5, 'granted', now())`,
    [secondLink, id, JSON.stringify(TERMS), randomBytes(32), await sealed('launch-token', 'second launch token')],
  );
  const receipts = [idOf('rcp') as ReceiptId, idOf('rcp') as ReceiptId];
  for (const [index, trip] of [firstTrip, secondTrip].entries()) {
    await books.run(
      `INSERT INTO authorizations (id, consent_id, invitation_id, state_hash, browser_hash, secrets_jwe, code_challenge,
         sender_key_thumbprint, agreed_at, disclosure_digest, token_response_jwe)
       VALUES ($1, $2, $3, $4, $5, $6, 'challenge', 'thumbprint', now(), 'digest', $7)`,
      [
        trip,
        id,
        [firstLink, secondLink][index],
        randomBytes(32),
        randomBytes(32),
        await sealed('authorization-secrets', `secrets ${index}`),
        await sealed('token-response', `token response ${index}`),
      ],
    );
    await books.run(
      `INSERT INTO grants (authorization_id, consent_id, bank_consent_id, tokens_jwe, refresh_response_jwe, accounts_jwe)
       VALUES ($1, $2, 'bank-1', $3, $4, $5)`,
      [
        trip,
        id,
        await sealed('tokens', `tokens ${index}`),
        await sealed('refresh-response', `refresh response ${index}`),
        await sealed('accounts', `accounts ${index}`),
      ],
    );
    await books.run(
      `INSERT INTO receipts (id, consent_id, authorization_id, document, signed, supersedes) VALUES ($1, $2, $3, '{}', 'jws', $4)`,
      [receipts[index], id, trip, index === 0 ? null : receipts[0]],
    );
  }
  await books.run(`INSERT INTO notices (consent_id, deadline, days, next_action) VALUES ($1, now(), 30, 'renew')`, [
    id,
  ]);
  await books.run(`INSERT INTO operator_tasks (id, kind, consent_id) VALUES ($1, 'grant_ending_failed', $2)`, [
    idOf('tsk'),
    id,
  ]);
  await books.run(
    `SELECT append_audit_event($1, 'secret.opened', 'worker', 'reviewGrant', NULL, jsonb_build_object('purpose', 'tokens', 'row', $2::text))`,
    [id, secondTrip],
  );
  await books.run(
    `INSERT INTO bank_notifications (institution_id, notification_id, type, consent_id, source)
     VALUES ('bank', $1, 'CONSENT_REVOKED', $2, 'pushed')`,
    [randomUUID(), id],
  );
}

/** What the person was shown, their typed name, a request that may be repeated, and a legal hold that is over. */
async function plantAgreement(
  books: OwnBooks,
  { id, firstTrip, firstLink }: Pick<Trips, 'id' | 'firstTrip' | 'firstLink'>,
): Promise<void> {
  const [disclosure, agreement] = [idOf('dsc'), idOf('agr')];
  const key = await evidenceKeyOf(books.database, books.vault, id);
  await books.run(
    `INSERT INTO disclosures (id, consent_id, invitation_id, source, template, language, document, digest)
     VALUES ($1, $2, $3, 'template', 'standard/en/1', 'en', '{}', 'digest')`,
    [disclosure, id, firstLink],
  );
  await books.run(
    `INSERT INTO agreements (id, consent_id, invitation_id, disclosure_id, method, name_jwe, name_digest, agreed_at, recorded_by)
     VALUES ($1, $2, $3, $4, 'typed_name', $5, 'salted digest', now(), 'person')`,
    [agreement, id, firstLink, disclosure, await key.seal('typed-name', agreement, { name: NAME, salt: 'salt' })],
  );
  await books.run('UPDATE authorizations SET agreement_id = $1 WHERE id = $2', [agreement, firstTrip]);
  await books.run(
    `INSERT INTO idempotent_requests (id, caller, key_hash, operation, request_digest, consent_id, answer_jwe, answered_at, expires_at)
     VALUES ($1, 'application:app', sha256(convert_to($1, 'UTF8')), 'createConsent', 'digest', $2, 'answer', now(), now() + interval '1 day')`,
    [`idm_${randomUUID()}`, id],
  );
  await releaseHold(books.database, (await placeHold(books.database, id, 'a case that is over')).id);
}

function stateWith(status: ConsentStatus, grantedBy: AuthorizationId): ConsentState {
  const expiresAt = Date.now() + 300 * 24 * 60 * 60 * 1000;
  return { status, nextAction: 'none', stage: 'none', grantedBy, expiresAt };
}

function planted(canaries: Canaries, kind: string): string {
  const value = `canary-${randomUUID()}`;
  canaries.add(kind, value);
  return value;
}

/** Seals a canary; its ciphertext is one too: it must be gone as well. */
function sealing(dataKey: DataKey, canaries: Canaries) {
  return async (purpose: SealPurpose, kind: string): Promise<string> => {
    const ciphertext = await dataKey.seal(purpose, 'row', planted(canaries, kind));
    canaries.add(`sealed ${kind}`, ciphertext);
    return ciphertext;
  };
}
