import { sql } from 'kysely';
import type { ConsentState } from '../domain/consent';
import type { Revocation } from '../domain/ending';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { ConsentId, InvitationId } from '../domain/ids';
import type { InvitationOutcome } from '../domain/invitation';
import { mayBecome, stateColumns, withConsentState } from './consents';
import type { Database } from './database';
import { isAsSeen, type Seen } from './labels';
import { currentReason } from './opening-log';

/** A link that is closed together with something else. */
export interface ClosedInvitation {
  readonly invitationId: InvitationId;
  readonly outcome: InvitationOutcome;
}

/** Writes down how a consent stands, and what that means for its link. Repeating it changes nothing. */
export async function recordState(
  database: Database,
  id: ConsentId,
  state: ConsentState,
  closes?: ClosedInvitation,
): Promise<void> {
  if (closes) {
    await withConsentState(database, id, state)
      .updateTable('invitations')
      .set({ outcome: closes.outcome, closed_at: sql`now()` })
      .where('id', '=', closes.invitationId)
      .where('closed_at', 'is', null)
      .execute();
    return;
  }
  await database
    .updateTable('consents')
    .set(stateColumns(state))
    .where('id', '=', id)
    .where(mayBecome(state))
    .execute();
}

export interface Notice {
  readonly consentId: ConsentId;
  readonly deadline: Date;
  readonly days: number;
  readonly state: ConsentState;
}

/** A notice and the state that comes with it, in one statement. Each is given once, whoever tries again. */
export async function insertNotice(database: Database, { consentId, deadline, days, state }: Notice): Promise<void> {
  await withConsentState(database, consentId, state)
    .insertInto('notices')
    .values({ consent_id: consentId, deadline, days, next_action: state.nextAction })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What the bank says now, in place of what it said before. */
export async function recordGrantChange(
  database: Database,
  id: ConsentId,
  change: { readonly granted: GrantedConsent; readonly difference: GrantDifference },
  state: ConsentState,
): Promise<void> {
  await database
    .updateTable('consents')
    .set({
      ...stateColumns(state),
      granted: JSON.stringify(change.granted),
      difference: JSON.stringify(change.difference),
    })
    .where('id', '=', id)
    .where(mayBecome(state))
    .execute();
}

/**
 * Ends the use of a consent at once: in one commit nothing may be read any more, whatever its workflow is doing. The bank and the
 * workflow hear of it afterwards.
 *
 * @param seen only if it is still this one
 * @returns false when it had ended before, or is another
 */
export async function markRevoked(
  database: Database,
  id: ConsentId,
  revocation: Revocation,
  seen?: Seen,
): Promise<boolean> {
  const { openedBy, requestId } = currentReason();
  const result = await database
    .updateTable('consents')
    .set({
      status: 'revoked',
      next_action: 'none',
      stage: 'none',
      failure: 'consent_revoked',
      authorization_id: null,
      invitation_id: null,
      revocation: JSON.stringify(revocation),
      revocation_requested_at: sql`now()`,
      revocation_requested_by: openedBy,
      revocation_request_id: requestId ?? null,
      ended_at: sql`now()`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .where('status', 'in', ['requested', 'authorizing', 'active'])
    .$if(seen !== undefined, (query) => query.where(isAsSeen(seen as Seen)))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function noteRevocationDelivered(database: Database, id: ConsentId): Promise<void> {
  await database
    .updateTable('consents')
    .set({ revocation_delivered_at: sql`now()` })
    .where('id', '=', id)
    .where('revocation_delivered_at', 'is', null)
    .execute();
}

/** Revocations that the workflow may not have heard of: a crash, or an engine that was away. */
export function listUndeliveredRevocations(database: Database, olderThan: Date, limit: number) {
  return database
    .selectFrom('consents')
    .select(['id', 'revocation'])
    .where('revocation_requested_at', '<', olderThan)
    .where('revocation_delivered_at', 'is', null)
    .orderBy('revocation_requested_at')
    .limit(limit)
    .execute();
}
