import type { ConsentId } from '../domain/ids';
import type { BankEnding, ConsentStatus } from '../domain/consent';
import { evidenceKeptUntil, type RetentionPolicy } from '../domain/retention';
import { signCompact, type Signer } from '../fapi/signer';
import type { Destruction, NewCertificate, Purged } from '../store/purge';
import type { ActivityDependencies } from './dependencies';
import { newId } from '../store/new-id';

/** What a deletion certificate says. Instants are RFC 3339 in UTC. Holds nothing of the person, so it may be kept for ever. */
export interface DeletionCertificate {
  readonly certificateId: string;
  readonly certificateVersion: 1;
  /** The certificate of a purge that came before: this one repeats all that it says. */
  readonly supersedes?: string;
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
  readonly policy: Pick<RetentionPolicy, 'personalDataRetentionDays' | 'evidenceRetentionDays'>;
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
    certificateId: newCertificateId(),
    certificateVersion: 1,
    issuedAt: now.toISOString(),
    issuer: { name: aggregator.name, ...(aggregator.homeUri !== undefined && { homeUri: aggregator.homeUri }) },
    consentId: row.id,
    consent: {
      status: row.status,
      endedAt: (row.ended_at ?? row.updated_at).toISOString(),
      ...(row.bank_ending !== null && { bankEnding: row.bank_ending }),
    },
    // Not for how long events are told: they are no evidence.
    policy: {
      personalDataRetentionDays: retention.personalDataRetentionDays,
      evidenceRetentionDays: retention.evidenceRetentionDays,
    },
    destroyed: destroyed.map(certified),
    dataKey: { destroyedAt: now.toISOString(), meaning: MEANING },
    kept: { ...kept, until: new Date(evidenceKeptUntil(latestAuthorizationAt, retention)).toISOString() },
  };
  return signed(receiptSigner(), document);
}

/** After a purge: the same once more, and what was destroyed since. The first one stays as it is. */
export function signLaterCertificate(
  { receiptSigner }: ActivityDependencies,
  first: DeletionCertificate,
  { now, destroyed }: { readonly now: Date; readonly destroyed: readonly Destruction[] },
): Promise<NewCertificate> {
  const document: DeletionCertificate = {
    ...first,
    certificateId: newCertificateId(),
    supersedes: first.certificateId,
    issuedAt: now.toISOString(),
    destroyed: [...first.destroyed, ...destroyed.map(certified)],
  };
  return signed(receiptSigner(), document);
}

function newCertificateId(): string {
  return newId('certificate');
}

function certified({ category, count, firstAt, lastAt }: Destruction): CertifiedDestruction {
  return { category, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
}

async function signed(signer: Signer, document: DeletionCertificate): Promise<NewCertificate> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return {
    id: document.certificateId,
    ...(document.supersedes !== undefined && { supersedes: document.supersedes }),
    document,
    signed: await signCompact(signer, { typ: 'deletion-certificate+jws' }, bytes),
  };
}
