import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { eventsOfChain, findRemovedChain } from '../store/chain-events';
import { attestedHeadsAfter, checkpointsFrom, numberOfCheckpointBefore } from '../store/checkpoints';
import type { Database } from '../store/database';
import { listEvidenceKeys } from './checkpoint';
import { HeadTree } from './head-tree';
import type { ChainHead } from './merkle';
import type { TypedName } from './typed-names';
import type { Bundle, BundledAgreement } from './verify/bundle';
import type { AuditEvent } from './verify/events';
import { sha256Of } from './verify/jws';
import { digestsOf } from './verify/receipts';

const ROWS_AT_ONCE = 2_000;

/** The names that a person typed, by agreement, from their sealed forms. */
export type OpenNames = (
  consentId: ConsentId,
  sealed: ReadonlyMap<string, string>,
) => Promise<ReadonlyMap<string, TypedName>>;

/**
 * Everything that proves a consent, as one value that verifies by itself. Read in one snapshot, so that its parts fit together.
 *
 * @param openNames absent: names stay sealed, and are no part of it
 * @throws {ConsentFailure} consent_not_found, evidence_removed
 */
export async function exportEvidence(database: Database, consentId: ConsentId, openNames?: OpenNames): Promise<Bundle> {
  const read = await database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => readEvidence(snapshot, consentId));
  // Names are opened outside: writing it down is no part of a transaction that may not write.
  if (!openNames || read.sealedNames.size === 0) return read.bundle;
  const names = await openNames(consentId, read.sealedNames);
  const agreements = read.bundle.agreements.map((agreement) => {
    const typedName = names.get(agreement.agreementId);
    return typedName ? { ...agreement, typedName } : agreement;
  });
  return { ...read.bundle, agreements };
}

interface ReadEvidence {
  readonly bundle: Bundle;
  /** By agreement. */
  readonly sealedNames: ReadonlyMap<string, string>;
}

async function readEvidence(snapshot: Database, consentId: ConsentId): Promise<ReadEvidence> {
  const texts = await readTexts(snapshot, consentId);
  const [first, last] = [texts[0], texts.at(-1)];
  if (!first || !last) throw await whyMissing(snapshot, consentId);
  const events = texts.map(({ event }) => JSON.parse(event) as AuditEvent);
  const { agreements, sealedNames } = await readAgreements(snapshot, consentId, events);
  const checkpoints = await readCheckpoints(snapshot, new Date(first.at));
  const inclusion = await readInclusion(snapshot, consentId, checkpoints.at(-1));
  const bundle: Bundle = {
    bundleVersion: 1,
    consentId,
    keys: { keys: [...(await listEvidenceKeys(snapshot))] },
    receipts: await readSigned(snapshot, 'receipts', consentId, events),
    disclosures: await readDisclosures(snapshot, consentId),
    agreements,
    events: texts.map(({ event }) => event),
    head: { seq: last.seq, hash: last.hash },
    certificates: await readSigned(snapshot, 'deletion_certificates', consentId, events),
    checkpoints: checkpoints.map(({ signed }) => signed),
    ...(inclusion && { inclusion }),
  };
  return { bundle, sealedNames };
}

async function readTexts(snapshot: Database, chain: string) {
  const texts = [];
  for (;;) {
    const page = await eventsOfChain(snapshot, chain, texts.length === 0 ? 0 : (texts.at(-1)?.seq ?? 0), ROWS_AT_ONCE);
    texts.push(...page);
    if (page.length < ROWS_AT_ONCE) return texts;
  }
}

async function whyMissing(snapshot: Database, consentId: ConsentId): Promise<ConsentFailure> {
  const removed = await findRemovedChain(snapshot, consentId);
  if (!removed) return new ConsentFailure('consent_not_found');
  const { removed_at: at, seq, hash } = removed;
  return new ConsentFailure('evidence_removed', `It was removed on ${at.toISOString()}, after event ${seq} (${hash}).`);
}

/** In the order in which the trail tells of them; what it does not tell of comes last, and will not verify. */
async function readSigned(
  snapshot: Database,
  table: 'receipts' | 'deletion_certificates',
  consentId: ConsentId,
  events: readonly AuditEvent[],
): Promise<string[]> {
  const rows = await snapshot
    .selectFrom(table)
    .select('signed')
    .where('consent_id', '=', consentId)
    .orderBy('created_at')
    .execute();
  const told = events.flatMap(({ type, details }) =>
    type === 'trail.begun'
      ? [...digestsOf(details['receipts']), ...digestsOf(details['certificates'])]
      : [String(details['signedDigest'])],
  );
  const placeOf = (signed: string) => {
    const place = told.indexOf(sha256Of(signed));
    return place < 0 ? told.length : place;
  };
  return rows.map(({ signed }) => signed).sort((left, right) => placeOf(left) - placeOf(right));
}

async function readDisclosures(snapshot: Database, consentId: ConsentId): Promise<Bundle['disclosures']> {
  const rows = await snapshot
    .selectFrom('disclosures')
    .selectAll()
    .where('consent_id', '=', consentId)
    // What was shown and never agreed to proves nothing, and nothing proves it.
    .where('id', 'in', (query) =>
      query.selectFrom('agreements').select('disclosure_id').where('consent_id', '=', consentId),
    )
    .orderBy('created_at')
    .execute();
  return rows.map(({ id, source, template, language, digest, document }) => ({
    disclosureId: id,
    ...{ source, language, digest, document },
    ...(template !== null && { template }),
  }));
}

async function readAgreements(snapshot: Database, consentId: ConsentId, events: readonly AuditEvent[]) {
  const rows = await snapshot.selectFrom('agreements').selectAll().where('consent_id', '=', consentId).execute();
  const told = events.filter(({ type }) => type === 'disclosure.agreed').map(({ details }) => details['agreementId']);
  rows.sort((left, right) => told.indexOf(left.id) - told.indexOf(right.id));
  const agreements = rows.map((row): BundledAgreement => ({
    agreementId: row.id,
    invitationId: row.invitation_id,
    disclosureId: row.disclosure_id,
    method: row.method,
    agreedAt: row.agreed_at.toISOString(),
    recordedBy: row.recorded_by,
    ...(row.name_digest !== null && { nameDigest: row.name_digest }),
  }));
  const sealedNames = new Map(rows.flatMap(({ id, name_jwe: jwe }) => (jwe === null ? [] : [[id, jwe] as const])));
  return { agreements, sealedNames };
}

/** From the last one before the chain began, so that a reader sees that none is missing. */
async function readCheckpoints(snapshot: Database, began: Date) {
  const checkpoints = [];
  let next = (await numberOfCheckpointBefore(snapshot, began)) ?? 1;
  for (;;) {
    const page = await checkpointsFrom(snapshot, next, ROWS_AT_ONCE);
    checkpoints.push(...page);
    if (page.length < ROWS_AT_ONCE) return checkpoints;
    next = (page.at(-1)?.number ?? 0) + 1;
  }
}

/** The whole tree is built for it: a second or so for a hundred thousand chains. */
async function readInclusion(
  snapshot: Database,
  chain: string,
  newest: { readonly number: number } | undefined,
): Promise<Bundle['inclusion']> {
  if (!newest) return undefined;
  const tree = new HeadTree();
  let own: ChainHead | undefined;
  let after = '';
  for (;;) {
    const page = await attestedHeadsAfter(snapshot, after, ROWS_AT_ONCE);
    for (const head of page) {
      if (head.removed) continue;
      tree.add(head);
      if (head.chain === chain) own = head;
    }
    if (page.length < ROWS_AT_ONCE) break;
    after = page.at(-1)?.chain ?? after;
  }
  const { path } = tree.prove(chain);
  if (!path || !own) return undefined;
  return { checkpoint: newest.number, seq: own.seq, ...path, nodes: [...path.nodes] };
}
