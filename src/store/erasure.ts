import type { Transaction } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import { destroyEvidenceKey, type Eraser } from './evidence-keys';
import {
  destroy,
  findCertificate,
  insertCertificate,
  lockConsent,
  type Destruction,
  type LockedConsent,
  type NewCertificate,
  type Purged,
} from './purge';
import type { Tables } from './tables';

type Certificate = Awaited<ReturnType<typeof findCertificate>> & object;

interface Erasure {
  readonly by: Eraser;
  /** Throws when the person may not be erased: then nothing has happened. */
  readonly permit: (consent: LockedConsent) => void;
  /** Signs what was destroyed, before it is committed. */
  readonly certify: (purged: Purged) => Promise<NewCertificate>;
  /** The same where a purge came before. */
  readonly certifyLater: (first: Certificate, purged: Pick<Purged, 'now' | 'destroyed'>) => Promise<NewCertificate>;
}

/**
 * Forgets the person of a consent that has ended: purges it at once when that was still to come, and destroys the personal part of
 * its evidence with the key to it. What is left names nobody, and verifies as before. All of it happens or nothing. Repeating it
 * changes nothing.
 *
 * @returns the certificate that speaks of all of it
 * @throws {ConsentFailure} consent_not_found, and whatever `permit` throws
 */
export async function erase(database: Database, id: ConsentId, erasure: Erasure): Promise<string> {
  return database.transaction().execute(async (transaction) => {
    const consent = await lockConsent(transaction, id);
    if (!consent) throw new ConsentFailure('consent_not_found');
    const first = await findCertificate(transaction, id);
    if (first && (await isErased(transaction, id))) return first.id;
    erasure.permit(consent);
    const ofEvidence = await destroyPersonalEvidence(transaction, consent, erasure.by);
    if (!first) {
      const purged = await destroy(transaction, consent);
      const all = { ...purged, destroyed: [...purged.destroyed, ...ofEvidence] };
      return insertCertificate(transaction, id, await erasure.certify(all));
    }
    // Nothing was left but the note that the person was erased: the purge's own certificate says it all.
    if (ofEvidence.length === 0) return first.id;
    const later = await erasure.certifyLater(first, { now: consent.now, destroyed: ofEvidence });
    return insertCertificate(transaction, id, later);
  });
}

async function isErased(database: Database, id: ConsentId): Promise<boolean> {
  const key = await database
    .selectFrom('evidence_keys')
    .select('consent_id')
    .where('consent_id', '=', id)
    .where('destroyed_at', 'is not', null)
    .executeTakeFirst();
  return key !== undefined;
}

async function destroyPersonalEvidence(
  transaction: Transaction<Tables>,
  { row: { id }, now }: LockedConsent,
  by: Eraser,
): Promise<readonly Destruction[]> {
  const key = await transaction
    .selectFrom('evidence_keys')
    .select('consent_id')
    .where('consent_id', '=', id)
    .where('wrapped_jwe', 'is not', null)
    .executeTakeFirst();
  const { numUpdatedRows: names } = await transaction
    .updateTable('agreements')
    .set({ name_jwe: null })
    .where('consent_id', '=', id)
    .where('name_jwe', 'is not', null)
    .executeTakeFirst();
  await destroyEvidenceKey(transaction, id, by);
  const counts = { typed_names: Number(names), evidence_key: key ? 1 : 0 } as const;
  return (['typed_names', 'evidence_key'] as const)
    .map((category) => ({ category, count: counts[category], firstAt: now, lastAt: now }))
    .filter(({ count }) => count > 0);
}
