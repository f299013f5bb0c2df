import { ConsentFailure } from '../domain/failures';
import type { FapiClient } from '../fapi/client';
import type { Finding } from '../fapi/metadata-review';
import type { Database } from '../store/database';
import { noteReadiness, type ReadinessNote, type StoredInstitution } from '../store/institutions';

/** What a look at an institution has brought. */
export interface InstitutionCheck {
  readonly outcome: 'ready' | 'misconfigured' | 'unreachable';
  /** Why not, in one line. */
  readonly reason?: string;
  readonly findings: readonly Finding[];
}

/** A misconfigured or silent bank is looked at again soon: what was wrong may be mended any minute. */
const SOON_SECONDS = 60;
const LATER_SECONDS = 600;

/**
 * Reads the institution's metadata and writes down whether consents can be begun there. A bank that cannot be reached keeps the
 * mark it had: being away is not being wrong.
 */
export async function checkInstitution(
  database: Database,
  institution: Pick<StoredInstitution, 'profile' | 'revision'>,
  client: () => Pick<FapiClient, 'reviewMetadata'>,
): Promise<InstitutionCheck> {
  const check = await lookAt(client);
  if (check.outcome !== 'unreachable') {
    await noteReadiness(database, institution, noteOf(check.outcome, check.reason));
  }
  return check;
}

/** Marks an institution when a step at the bank has shown that it cannot work, so that the next person is spared. */
export async function markIfMisconfigured(
  database: Database,
  institution: Pick<StoredInstitution, 'profile' | 'revision'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof ConsentFailure) || !MARKING.has(error.code)) return;
  await noteReadiness(database, institution, noteOf('misconfigured', error.message));
}

const MARKING: ReadonlySet<ConsentFailure['code']> = new Set([
  'as_metadata_unusable',
  'as_issuer_mismatch',
  'institution_misconfigured',
]);

function noteOf(readiness: ReadinessNote['readiness'], reason: string | undefined): ReadinessNote {
  // A tenth more or less: institutions that were added together do not stay together.
  const jitter = 0.9 + Math.random() * 0.2;
  return {
    readiness,
    ...(reason !== undefined && { reason }),
    nextCheckInSeconds: Math.round((readiness === 'ready' ? LATER_SECONDS : SOON_SECONDS) * jitter),
  };
}

async function lookAt(client: () => Pick<FapiClient, 'reviewMetadata'>): Promise<InstitutionCheck> {
  try {
    const findings = await client().reviewMetadata();
    const unmet = findings.filter(({ verdict }) => verdict === 'unmet');
    if (unmet.length === 0) return { outcome: 'ready', findings };
    const reason = unmet.map(({ subject, offered }) => `${subject}: ${offered}`).join('; ');
    return { outcome: 'misconfigured', reason, findings };
  } catch (error) {
    if (!(error instanceof ConsentFailure)) throw error;
    return {
      outcome: error.kind === 'unavailable' ? 'unreachable' : 'misconfigured',
      reason: error.message,
      findings: [],
    };
  }
}
