import { sql, type Kysely } from 'kysely';

/** In one statement: seconds at most, and a statement has ten. */
const CONSENTS_AT_ONCE = 2_000;
const OPENINGS_AT_ONCE = 5_000;

/**
 * Begins the chains of what there was before the trail: each consent's with what it is now, followed by the openings of its secrets,
 * which had a table of their own. Without locks: nobody sees the table before this transaction is over, and a lock for each of a
 * million consents is more than a server has room for.
 */
export async function beginTrails(database: Kysely<unknown>): Promise<void> {
  await inBatches('', (after) =>
    sql<{ last: string | null }>`
      WITH batch AS MATERIALIZED (SELECT * FROM consents WHERE id > ${after} ORDER BY id LIMIT ${CONSENTS_AT_ONCE})
      SELECT max(c.id) AS last, count(write_audit_event(c.id, 'trail.begun', 'service', NULL, NULL,
        jsonb_build_object('state', (SELECT consent_state(own) FROM consents own WHERE own.id = c.id), 'receipts', coalesce(
          (SELECT jsonb_agg(sha256_of(r.signed) ORDER BY r.created_at) FROM receipts r WHERE r.consent_id = c.id), '[]'), 'certificates', coalesce(
          (SELECT jsonb_agg(sha256_of(d.signed) ORDER BY d.created_at) FROM deletion_certificates d
            WHERE d.consent_id = c.id), '[]'))))
      FROM batch c`.execute(database),
  );
  await inBatches('0', (after) =>
    sql<{ last: string | null }>`
      WITH batch AS MATERIALIZED (
        SELECT * FROM secret_openings WHERE id > ${after}::bigint ORDER BY id LIMIT ${OPENINGS_AT_ONCE})
      SELECT max(id)::text AS last, count(write_audit_event(coalesce(consent_id, 'service'), 'secret.opened', opened_by, reason,
        request_id, jsonb_build_object('purpose', purpose, 'row', row_id, 'openedAt', utc(opened_at))))
      FROM batch`.execute(database),
  );
  await sql`DROP TABLE secret_openings`.execute(database);
}

async function inBatches(
  start: string,
  take: (after: string) => Promise<{ rows: { last: string | null }[] }>,
): Promise<void> {
  for (let after: string | undefined = start; after !== undefined;) {
    const { rows }: { rows: { last: string | null }[] } = await take(after);
    after = rows[0]?.last ?? undefined;
  }
}
