import { randomBytes } from 'node:crypto';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId, InvitationId } from '../domain/ids';
import type { InvitationReason } from '../domain/invitation';
import type { ConsentTerms } from '../domain/terms';
import type { Database } from '../store/database';
import { hashOf } from '../store/hash';
import { findInvitation, forgetInvitation, insertInvitation } from '../store/invitations';
import type { DataKey } from '../store/vault';
import type { ConsentEngine } from '../temporal/consent-engine';
import { newId } from '../store/new-id';

export function newInvitationId(): InvitationId {
  return newId('invitation') as InvitationId;
}

/** The token of a link: 256 random bits, so that nobody guesses one. */
export function newLaunchToken(): string {
  return randomBytes(32).toString('base64url');
}

export interface InvitationRequest {
  readonly consentId: ConsentId;
  readonly reason: Exclude<InvitationReason, 'connect'>;
  readonly terms: ConsentTerms;
  readonly authorizeBy: Date;
  /** Of the link; the row of one that is there already is the one that is opened. */
  readonly id?: InvitationId;
}

export interface OpenedInvitation {
  readonly invitationId: InvitationId;
  /** False when one on the same terms was open already: it is that one. */
  readonly isNew: boolean;
}

/**
 * Invites the person of an active consent to authorize anew. Of several requests on the same terms one opens a link and the others
 * are given it, so that two renewals at once are one.
 *
 * @throws {ConsentFailure} invitation_open when one on other terms is open; consent_ended; consent_not_connected;
 *   engine_unavailable
 */
export async function openInvitation(
  { database, engine, dataKey }: { database: Database; engine: ConsentEngine; dataKey: DataKey },
  { consentId, reason, terms, authorizeBy, id = newInvitationId() }: InvitationRequest,
): Promise<OpenedInvitation> {
  const token = newLaunchToken();
  const launchSealed = await dataKey.seal('launch-token', id, token);
  // The row first: a link that the workflow has opened must be found.
  await insertInvitation(database, {
    id,
    consentId,
    reason,
    terms,
    authorizeBy,
    launchHash: hashOf(token),
    launchSealed,
  });
  const answer = await engine.invite(consentId, {
    invitationId: id,
    reason,
    terms,
    authorizeBy: authorizeBy.getTime(),
  });
  const isOurs = answer.kind === 'open_already' && answer.invitationId === id;
  if (answer.kind === 'open' || isOurs) return { invitationId: id, isNew: true };
  await forgetInvitation(database, id);
  if (answer.kind === 'open_already' && answer.hasSameTerms) {
    return { invitationId: answer.invitationId, isNew: false };
  }
  if (answer.kind === 'open_already') throw new ConsentFailure('invitation_open', `It is ${answer.invitationId}.`);
  throw new ConsentFailure(
    answer.status === 'requested' || answer.status === 'authorizing' ? 'consent_not_connected' : 'consent_ended',
  );
}

/** @throws {ConsentFailure} invitation_not_found when the consent has no such link */
export async function requireInvitation(database: Database, consentId: ConsentId, id: InvitationId) {
  const row = await findInvitation(database, id);
  if (row?.consent_id !== consentId) throw new ConsentFailure('invitation_not_found');
  return row;
}
