import { randomBytes } from 'node:crypto';
import type { ConsentId, InvitationId } from '../domain/ids';
import { digestOf } from '../evidence/canonical';
import type { Database } from '../store/database';
import { insertAgreement, type NewDisclosure } from '../store/disclosures';
import { evidenceKeyOf } from '../store/evidence-keys';
import { newId } from '../store/new-id';
import type { Vault } from '../store/vault';

interface Agreement {
  readonly consentId: ConsentId;
  readonly invitationId: InvitationId;
  readonly disclosure: Omit<NewDisclosure, 'id' | 'digest'>;
  readonly agreedAt: Date;
  /** What the person typed; without it they pressed the button. */
  readonly name?: string | undefined;
  readonly recordedBy: string;
  readonly requestId: string | null;
}

export interface RecordedAgreement {
  readonly disclosureId: string;
  readonly digest: string;
  readonly agreementId: string;
}

/**
 * Writes down what somebody agreed to, when and how, before anything follows from it. A typed name is sealed; beside it stands a
 * salted digest, by which the name can be proved later and not guessed.
 *
 * @throws {VaultError} when the person was erased
 * @throws {ConsentFailure} vault_unavailable
 */
export async function recordAgreement(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  { consentId, invitationId, disclosure, agreedAt, name, recordedBy, requestId }: Agreement,
): Promise<RecordedAgreement> {
  const disclosureId = newId('disclosure');
  const agreementId = newId('agreement');
  const digest = digestOf(disclosure.document);
  const signed = name === undefined ? undefined : { name, salt: randomBytes(16).toString('base64url') };
  const evidenceKey = signed && (await evidenceKeyOf(database, vault, consentId));
  await insertAgreement(
    database,
    { ...disclosure, id: disclosureId, digest },
    {
      id: agreementId,
      consentId,
      invitationId,
      method: signed ? 'typed_name' : 'button',
      nameSealed: (await evidenceKey?.seal('typed-name', agreementId, signed)) ?? null,
      nameDigest: signed ? digestOf(signed) : null,
      agreedAt,
      recordedBy,
      requestId,
    },
  );
  return { disclosureId, digest, agreementId };
}

/** The name as it was typed; undefined when none was, and once the person was erased. */
export async function typedNameOf(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  { consent_id, agreement_id, name_jwe }: { consent_id: ConsentId; agreement_id: string; name_jwe: string | null },
): Promise<string | undefined> {
  if (name_jwe === null) return undefined;
  const key = await evidenceKeyOf(database, vault, consent_id);
  const signed = (await key.open('typed-name', agreement_id, name_jwe)) as { readonly name: string };
  return signed.name;
}
