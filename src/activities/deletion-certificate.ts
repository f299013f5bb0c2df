import { v7 as uuidv7 } from 'uuid';
import { ID_PREFIX, type ConsentId } from '../domain/ids';
import type { BankEnding, ConsentStatus } from '../domain/consent';
import { evidenceKeptUntil, type RetentionPolicy } from '../domain/retention';
import { signCompact } from '../fapi/signer';
import type { Destruction, NewCertificate, Purged } from '../store/purge';
import type { ActivityDependencies } from './dependencies';

/** What a deletion certificate says. Instants are RFC 3339 in UTC. Holds nothing of the person, so it may be kept for ever. */
export interface DeletionCertificate {
  readonly certificateId: string;
  readonly certificateVersion: 1;
  readonly issuedAt: string;
  /** Who destroyed it: the data access platform. */
  readonly issuer: { readonly name: string; readonly homeUri?: string };
  readonly consentId: ConsentId;
  readonly consent: {
    readonly status: ConsentStatus;
    readonly endedAt: string;
    /** Whether the bank knows of the end. Absent when there was nothing to tell it. */
    readonly bankEnding?: BankEnding;
  };
  readonly policy: RetentionPolicy;
  readonly destroyed: readonly CertifiedDestruction[];
  readonly dataKey: { readonly destroyedAt: string; readonly meaning: string };
  /** What proves the consent, without secrets and without the person's name. */
  readonly kept: {
    readonly receipts: number;
    readonly authorizations: number;
    readonly notices: number;
    readonly until: string;
  };
}

type CertifiedDestruction = Pick<Destruction, 'category' | 'count'> & {
  readonly firstAt: string;
  readonly lastAt: string;
};

/** A backup from before may hold the wrapped key as well: what a certificate says must hold for that one too. */
const MEANING =
  'Everything sealed for this consent was encrypted with this key alone. Copies of it, in backups too, cannot be opened, ' +
  'except together with a copy of the key from before this instant.';

/** Signs what was destroyed as a compact JWS (RFC 7515), with the key that signs receipts. */
export async function signDeletionCertificate(
  { receiptSigner, aggregator, retention }: ActivityDependencies,
  { row, now, destroyed, kept }: Purged,
): Promise<NewCertificate> {
  const latestAuthorizationAt = (row.granted_at ?? row.created_at).getTime();
  const document: DeletionCertificate = {
    certificateId: `${ID_PREFIX.certificate}_${uuidv7().replaceAll('-', '')}`,
    certificateVersion: 1,
    issuedAt: now.toISOString(),
    issuer: aggregator,
    consentId: row.id,
    consent: {
      status: row.status,
      endedAt: (row.ended_at ?? row.updated_at).toISOString(),
      ...(row.bank_ending !== null && { bankEnding: row.bank_ending }),
    },
    policy: retention,
    destroyed: destroyed.map(({ category, count, firstAt, lastAt }) => ({
      category,
      count,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
    dataKey: { destroyedAt: now.toISOString(), meaning: MEANING },
    kept: { ...kept, until: new Date(evidenceKeptUntil(latestAuthorizationAt, retention)).toISOString() },
  };
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const signed = await signCompact(receiptSigner(), { typ: 'deletion-certificate+jws' }, bytes);
  return { id: document.certificateId, document, signed };
}
