import { randomBytes, randomUUID } from 'node:crypto';
import { purgeConsent } from '../../../src/activities/purge';
import type { ConsentId, InstitutionId, InvitationId } from '../../../src/domain/ids';
import { canonicalJson, digestOf } from '../../../src/evidence/canonical';
import { takeCheckpoint, type TakenCheckpoint } from '../../../src/evidence/checkpoint';
import { exportEvidence } from '../../../src/evidence/export';
import { openTypedNames } from '../../../src/evidence/typed-names';
import type { Bundle } from '../../../src/evidence/verify/bundle';
import { signCompact } from '../../../src/fapi/signer';
import { insertConsent } from '../../../src/store/consents';
import { evidenceKeyOf } from '../../../src/store/evidence-keys';
import { APPLICATION_ID, type OwnBooks } from './own-books';
import { TERMS } from './planted-consent';

const idOf = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

export const TYPED_NAME = { name: 'Alice Example', salt: 'c2FsdA' };

/** A consent that was renewed, ended and purged, with everything that proves it: signed by the books' own keys. */
export async function plantProvenConsent(books: OwnBooks): Promise<ConsentId> {
  const id = idOf('cns') as ConsentId;
  const links = [idOf('inv') as InvitationId, idOf('inv') as InvitationId];
  const { wrapped } = await books.vault.createDataKey(id);
  await insertConsent(books.database, {
    ...{ id, applicationId: APPLICATION_ID, institutionId: 'bank' as InstitutionId },
    ...{ personSealed: 'sealed', personPseudonym: 'pseudonym', purpose: 'See all your accounts', terms: TERMS },
    ...{ returnUrl: 'https://app.example/', metadata: {}, dataKeyWrapped: wrapped },
    state: { status: 'active', nextAction: 'none', stage: 'none', expiresAt: Date.now() + 86_400_000 },
    invitation: {
      ...{ id: links[0] as InvitationId, consentId: id, reason: 'connect', terms: TERMS, authorizeBy: new Date() },
      ...{ launchHash: randomBytes(32), launchSealed: 'sealed' },
    },
  });
  await books.run(
    `INSERT INTO invitations (id, consent_id, reason, terms, authorize_by, launch_hash, launch_jwe)
     VALUES ($1, $2, 'renew', $3, now(), $4, 'sealed')`,
    [links[1], id, JSON.stringify(TERMS), randomBytes(32)],
  );
  const first = await plantTrip(books, { id, link: links[0] ?? '', version: 1 });
  await plantTrip(books, { id, link: links[1] ?? '', version: 2, supersedes: first });
  await books.run(
    `UPDATE consents SET status = 'expired', ended_at = now(), granted_at = now() - interval '2 days' WHERE id = $1`,
    [id],
  );
  await purgeConsent(books.dependencies(), { consentId: id });
  return id;
}

interface Trip {
  readonly id: ConsentId;
  readonly link: string;
  readonly version: 1 | 2;
  readonly supersedes?: string;
}

/** Shown, agreed to, authorized, receipted. @returns the receipt's id */
async function plantTrip(books: OwnBooks, { id, link, version, supersedes }: Trip): Promise<string> {
  const [disclosure, agreement, trip, receiptId] = [idOf('dsc'), idOf('agr'), idOf('aut'), idOf('rcp')];
  const document = { language: 'en', paragraphs: [`We ask for your data, ${disclosure}.`, 'You may stop any time.'] };
  const digest = digestOf(document);
  const isTyped = version === 2;
  await books.run(
    `INSERT INTO disclosures (id, consent_id, invitation_id, source, template, language, document, digest)
     VALUES ($1, $2, $3, 'template', 'default/1', 'en', $4, $5)`,
    [disclosure, id, link, JSON.stringify(document), digest],
  );
  await books.run(
    `INSERT INTO agreements (id, consent_id, invitation_id, disclosure_id, method, name_jwe, name_digest, agreed_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now(), 'person')`,
    [
      ...[agreement, id, link, disclosure, isTyped ? 'typed_name' : 'button'],
      ...(isTyped ? [await sealedName(books, id, agreement), digestOf(TYPED_NAME)] : [null, null]),
    ],
  );
  await books.run(
    `INSERT INTO authorizations (id, consent_id, invitation_id, state_hash, browser_hash, secrets_jwe, code_challenge,
       sender_key_thumbprint, agreed_at, disclosure_digest, agreement_id)
     VALUES ($1, $2, $3, $4, $5, 'sealed', 'challenge', 'thumbprint', now(), $6, $7)`,
    [trip, id, link, randomBytes(32), randomBytes(32), digest, agreement],
  );
  const receipt = {
    ...{ receiptId, receiptVersion: version, consentId: id, ...(supersedes !== undefined && { supersedes }) },
    ...(version === 1 ? { evidence: { disclosureDigest: digest } } : { disclosure: { digest } }),
  };
  const text = version === 1 ? JSON.stringify(receipt) : canonicalJson(receipt);
  const signer = books.keys.receiptSigner();
  const signed = await signCompact(signer, { typ: 'consent-receipt+jws' }, new TextEncoder().encode(text));
  await books.run(
    `INSERT INTO receipts (id, consent_id, authorization_id, document, signed, supersedes) VALUES ($1, $2, $3, $4, $5, $6)`,
    [receiptId, id, trip, text, signed, supersedes ?? null],
  );
  return receiptId;
}

export function takeCheckpointOf(books: OwnBooks, minimumAgeMs = 0): Promise<TakenCheckpoint> {
  return takeCheckpoint(books.dependencies(), minimumAgeMs);
}

async function sealedName(books: OwnBooks, id: ConsentId, agreement: string): Promise<string> {
  const key = await evidenceKeyOf(books.database, books.vault, id);
  return key.seal('typed-name', agreement, TYPED_NAME);
}

/** With its typed name. */
export function bundleOf({ database, vault }: OwnBooks, id: ConsentId): Promise<Bundle> {
  return exportEvidence(database, id, (consentId, sealed) => openTypedNames(database, vault, consentId, sealed));
}
