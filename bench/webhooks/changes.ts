import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { ApplicationId } from '../../src/domain/ids';
import { saveApplication } from '../../src/store/applications';
import type { Database } from '../../src/store/database';

/** Applications, consents and what happens to them, by SQL: what comes of it is measured, and not the way to it. */
export async function addApplication(database: Database): Promise<ApplicationId> {
  const id = `bench-${randomUUID().slice(0, 8)}` as ApplicationId;
  await saveApplication(database, { id, name: 'Bench', returnUrls: [] });
  return id;
}

/** Active consents of an application, as a workflow would have left them. @returns their ids */
export async function addConsents(pool: Pool, applicationId: string, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO consents (id, application_id, institution_id, person_jwe, person_pseudonym, purpose, terms, metadata, status, next_action,
                           stage, workflow_started_at, granted_at)
       SELECT 'cns_' || md5($1 || n::text), $1, (SELECT id FROM institutions ORDER BY id LIMIT 1), 'none', 'none', 'To be measured', '{}',
              '{"customer":"c-1042"}', 'active', 'none', 'active', now(), now()
         FROM generate_series(1, $2::int) AS n RETURNING id`,
    [applicationId, count],
  );
  return rows.map(({ id }) => id);
}

/** One change of one consent in a transaction of its own, as a renewal is one: its event has this receipt. */
export async function change(pool: Pool, consentId: string): Promise<string> {
  const receiptId = newReceiptId();
  await pool.query({
    name: 'change',
    text: 'UPDATE consents SET receipt_id = $2 WHERE id = $1',
    values: [consentId, receiptId],
  });
  return receiptId;
}

export const newReceiptId = (): string => `rcp_${randomUUID().replaceAll('-', '')}`;

/** So many events of an application, all of its consents in turn. */
export async function changeMany(pool: Pool, consentIds: readonly string[], events: number): Promise<void> {
  for (let left = events; left > 0; left -= consentIds.length) {
    await pool.query(`UPDATE consents SET receipt_id = 'rcp_' || md5(random()::text) WHERE id = ANY($1)`, [
      consentIds.slice(0, left),
    ]);
  }
}
