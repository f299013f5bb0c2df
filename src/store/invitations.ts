import { sql } from 'kysely';
import type { ConsentId, InvitationId } from '../domain/ids';
import type { InvitationReason } from '../domain/invitation';
import type { ConsentTerms } from '../domain/terms';
import type { Database } from './database';
import { currentReason } from './opening-log';

/** A link for the person. The token in it is kept as a hash to find it by, and sealed to print it again. */
export interface NewInvitation {
  readonly id: InvitationId;
  readonly consentId: ConsentId;
  readonly reason: InvitationReason;
  readonly terms: ConsentTerms;
  readonly authorizeBy: Date;
  readonly launchHash: Buffer;
  readonly launchSealed: string;
}

/** The row only: the link works once the consent's workflow has opened it. One that is there already stays as it is. */
export async function insertInvitation(database: Database, invitation: NewInvitation): Promise<void> {
  await database
    .insertInto('invitations')
    .values(invitationColumns(invitation))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** With who makes it, and in which request: as everything that is done for somebody knows. */
export function invitationColumns(invitation: NewInvitation) {
  const { openedBy, requestId } = currentReason();
  return {
    id: invitation.id,
    consent_id: invitation.consentId,
    reason: invitation.reason,
    terms: JSON.stringify(invitation.terms),
    authorize_by: invitation.authorizeBy,
    launch_hash: invitation.launchHash,
    launch_jwe: invitation.launchSealed,
    opened_by: openedBy,
    request_id: requestId ?? null,
  };
}

export function findInvitation(database: Database, id: InvitationId) {
  return database.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Until the transaction ends nobody else says by this link what the person agreed to. */
export async function lockInvitation(transaction: Database, id: InvitationId): Promise<void> {
  await sql`SELECT 1 FROM invitations WHERE id = ${id} FOR NO KEY UPDATE`.execute(transaction);
}

/** Takes back the row of a link that never was opened, since another one was open already. */
export async function forgetInvitation(database: Database, id: InvitationId): Promise<void> {
  await database
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM authorizations WHERE invitation_id = invitations.id)`)
    .execute();
}
