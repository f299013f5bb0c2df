import { sql } from 'kysely';
import type { ApplicationId } from '../domain/ids';
import type { Database } from './database';
import type { Place, Placed } from './in-period';

/** A consent in an export, as it stands when it is read. Null where it is another application's than asked for. */
export interface ExportedConsent extends Placed {
  readonly consent: Readonly<Record<string, string | boolean | null>> | null;
}

export const FIRST_CONSENT_PLACE = [''] as const;

/** The next consents in the order in which they were asked for. Nothing of who the person is, and no text of the application's. */
export async function consentsAfter(
  database: Database,
  applicationId: ApplicationId | undefined,
  { at, key: [id = ''] }: Place,
  to: Date,
  limit: number,
): Promise<ExportedConsent[]> {
  const { rows } = await sql<ConsentRow>`
    WITH page AS MATERIALIZED (
      SELECT * FROM consents WHERE (created_at, id) > (${at}::timestamptz, ${id}) AND created_at < ${to}
       ORDER BY created_at, id LIMIT ${limit}
    )
    SELECT created_at::text AS at, id, ${applicationId ?? null}::text IS NULL OR application_id = ${applicationId ?? null} AS is_shown,
           application_id, institution_id, terms ->> 'durationType' AS duration_type, status, next_action, failure, bank_ending,
           receipt_id, grant_lost, created_at, granted_at, expires_at, grant_expires_at, revocation_requested_at,
           revocation ->> 'initiator' AS revocation_initiator, revocation ->> 'reason' AS revocation_reason, ended_at, purged_at
      FROM page ORDER BY page.created_at, id`.execute(database);
  return rows.map((row) => ({
    place: { at: row.at, key: [row.id] },
    consent: row.is_shown ? viewOf(row) : null,
  }));
}

interface ConsentRow {
  readonly at: string;
  readonly is_shown: boolean;
  readonly id: string;
  readonly application_id: string;
  readonly institution_id: string;
  readonly duration_type: string;
  readonly status: string;
  readonly next_action: string;
  readonly failure: string | null;
  readonly bank_ending: string | null;
  readonly receipt_id: string | null;
  readonly grant_lost: boolean;
  readonly created_at: Date;
  readonly granted_at: Date | null;
  readonly expires_at: Date | null;
  readonly grant_expires_at: Date | null;
  readonly revocation_requested_at: Date | null;
  readonly revocation_initiator: string | null;
  readonly revocation_reason: string | null;
  readonly ended_at: Date | null;
  readonly purged_at: Date | null;
}

function viewOf(row: ConsentRow): Record<string, string | boolean | null> {
  const utc = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    id: row.id,
    applicationId: row.application_id,
    institutionId: row.institution_id,
    durationType: row.duration_type,
    status: row.status,
    nextAction: row.next_action,
    failure: row.failure,
    bankEnding: row.bank_ending,
    receiptId: row.receipt_id,
    isGrantLost: row.grant_lost,
    createdAt: utc(row.created_at),
    grantedAt: utc(row.granted_at),
    expirationDate: utc(row.expires_at),
    grantExpirationDate: utc(row.grant_expires_at),
    revocationRequestedAt: utc(row.revocation_requested_at),
    revocationInitiator: row.revocation_initiator,
    revocationReason: row.revocation_reason,
    endedAt: utc(row.ended_at),
    purgedAt: utc(row.purged_at),
  };
}
