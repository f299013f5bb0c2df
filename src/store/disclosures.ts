import { sql } from 'kysely';
import type { ApplicationId, ConsentId, InvitationId } from '../domain/ids';
import type { Database } from './database';

/** What a person was shown and agreed to. */
export interface NewDisclosure {
  readonly id: string;
  readonly source: 'template' | 'application';
  /** `default/en/1`; null for an application's own text. */
  readonly template: string | null;
  readonly language: string;
  readonly document: object;
  readonly digest: string;
}

export interface NewAgreement {
  readonly id: string;
  readonly consentId: ConsentId;
  readonly invitationId: InvitationId;
  readonly method: 'button' | 'typed_name';
  /** With its salt, under the consent's evidence key. */
  readonly nameSealed: string | null;
  readonly nameDigest: string | null;
  readonly agreedAt: Date;
  readonly recordedBy: string;
  readonly requestId: string | null;
}

/** The text and the agreement to it, in one statement: none exists without the other. */
export async function insertAgreement(
  database: Database,
  disclosure: NewDisclosure,
  agreement: NewAgreement,
): Promise<void> {
  await database
    .with('disclosure', (query) =>
      query.insertInto('disclosures').values({
        id: disclosure.id,
        consent_id: agreement.consentId,
        invitation_id: agreement.invitationId,
        source: disclosure.source,
        template: disclosure.template,
        language: disclosure.language,
        document: JSON.stringify(disclosure.document),
        digest: disclosure.digest,
      }),
    )
    .insertInto('agreements')
    .values({
      id: agreement.id,
      consent_id: agreement.consentId,
      invitation_id: agreement.invitationId,
      disclosure_id: disclosure.id,
      method: agreement.method,
      name_jwe: agreement.nameSealed,
      name_digest: agreement.nameDigest,
      agreed_at: agreement.agreedAt,
      recorded_by: agreement.recordedBy,
      request_id: agreement.requestId,
    })
    .execute();
}

export type AgreedDisclosure = Awaited<ReturnType<typeof listDisclosures>>[number];

/** Everything the person agreed to, in its order. */
export function listDisclosures(database: Database, consentId: ConsentId) {
  return agreed(database)
    .where('disclosures.consent_id', '=', consentId)
    .orderBy('agreements.created_at')
    .orderBy('agreements.id')
    .execute();
}

export function findDisclosure(database: Database, applicationId: ApplicationId, id: string) {
  return agreed(database)
    .innerJoin('consents', 'consents.id', 'disclosures.consent_id')
    .where('consents.application_id', '=', applicationId)
    .where('disclosures.id', '=', id)
    .executeTakeFirst();
}

/** What was last agreed to by a link; with `source`, in that way. */
export function findAgreedBy(database: Database, invitationId: InvitationId, source?: 'template' | 'application') {
  const query = agreed(database).where('disclosures.invitation_id', '=', invitationId);
  return (source === undefined ? query : query.where('disclosures.source', '=', source))
    .orderBy('agreements.created_at', 'desc')
    .orderBy('agreements.id', 'desc')
    .executeTakeFirst();
}

function agreed(database: Database) {
  return database
    .selectFrom('disclosures')
    .innerJoin('agreements', 'agreements.disclosure_id', 'disclosures.id')
    .selectAll('disclosures')
    .select([
      'agreements.id as agreement_id',
      'agreements.method',
      'agreements.name_jwe',
      'agreements.name_digest',
      'agreements.agreed_at',
      'agreements.recorded_by',
    ]);
}

/** Whether anybody has gone to the bank by a link. */
export async function wasLinkUsed(database: Database, invitationId: InvitationId): Promise<boolean> {
  const row = await database
    .selectFrom('authorizations')
    .select('id')
    .where('invitation_id', '=', invitationId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The newest version in each language. */
export function listLatestTemplates(database: Database, applicationId: ApplicationId) {
  return database
    .selectFrom('disclosure_templates')
    .selectAll()
    .distinctOn('language')
    .where('application_id', '=', applicationId)
    .orderBy('language')
    .orderBy('version', 'desc')
    .execute();
}

/** All versions, or those of one application. */
export function listTemplates(database: Database, applicationId?: ApplicationId) {
  const query = database.selectFrom('disclosure_templates').selectAll();
  return (applicationId === undefined ? query : query.where('application_id', '=', applicationId))
    .orderBy('application_id')
    .orderBy('language')
    .orderBy('version')
    .execute();
}

/** Of two that add a version at once the second is refused by the primary key. @returns the version */
export async function addTemplate(
  database: Database,
  applicationId: ApplicationId,
  language: string,
  content: object,
): Promise<number> {
  const { version } = await database
    .insertInto('disclosure_templates')
    .values({
      application_id: applicationId,
      language,
      version: sql<number>`(SELECT coalesce(max(version), 0) + 1 FROM disclosure_templates
        WHERE application_id = ${applicationId} AND language = ${language})`,
      content: JSON.stringify(content),
    })
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

/** How often somebody agreed by this link. */
export async function countAgreements(database: Database, invitationId: InvitationId): Promise<number> {
  const { count } = await database
    .selectFrom('agreements')
    .innerJoin('invitations', 'invitations.consent_id', 'agreements.consent_id')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('invitations.id', '=', invitationId)
    .whereRef('agreements.invitation_id', '=', 'invitations.id')
    .executeTakeFirstOrThrow();
  return Number(count);
}
