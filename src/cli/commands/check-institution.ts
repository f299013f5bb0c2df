import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { InstitutionId } from '../../domain/ids';
import { checkInstitution, type InstitutionCheck } from '../../institutions/check';
import { createInstitutionClients } from '../../institutions/clients';
import { institutionView } from '../../operators/pausing';
import type { Database } from '../../store/database';
import { findInstitution, type StoredInstitution } from '../../store/institutions';
import { NotFound, UsageError } from '../command-errors';
import type { CommandResult } from '../command';
import { table } from '../table';

/** `institutions check ID`: what the institution offers against what FAPI 2.0 and its profile need. */
export async function checkInstitutionCommand(
  database: Database,
  [id]: readonly string[],
  proxyUrl: string | undefined,
): Promise<CommandResult> {
  if (id === undefined) throw new UsageError('Name the institution: fdx-consent institutions check ID');
  const institution = await findInstitution(database, id as InstitutionId);
  if (!institution) throw new NotFound(`There is no institution ${id}; see fdx-consent institutions list.`);
  const { profile, revision } = institution;
  // Metadata are public: no key of ours is needed to read them.
  const clients = createInstitutionClients({ keys: { current: () => undefined }, redirectUri: '', proxyUrl });
  const client = () => clients.for(profile, revision);
  const check = await checkInstitution(database, institution, client).finally(() => {
    // A command ends when nothing holds it open.
    clients.close();
  });
  return {
    text: textOf(institution, check),
    value: {
      ...{ id, outcome: check.outcome, reason: check.reason, findings: check.findings },
      paused: institutionView(institution).paused,
    },
    failed: check.outcome !== 'ready',
  };
}

function textOf(institution: StoredInstitution, { outcome, reason, findings }: InstitutionCheck): string {
  const { profile } = institution;
  const rows = findings.map(({ verdict, subject, offered, needed, source }) => [
    { met: 'ok', unmet: 'NO', unstated: '?' }[verdict],
    subject,
    offered,
    needed,
    source,
  ]);
  return [
    `${profile.name} (${profile.id}), ${profile.issuer}`,
    ...pauseLines(institution),
    ...certificateLines(institution),
    '',
    ...(rows.length > 0 ? [table(['', 'what', 'the institution says', 'needed', 'by'], rows), ''] : []),
    `${outcome}${reason === undefined ? '' : `: ${reason}`}`,
  ].join('\n');
}

/** A bank that is well and does nothing is a riddle, unless somebody says that it is made to wait. */
function pauseLines(institution: StoredInstitution): string[] {
  const { paused } = institutionView(institution);
  if (!paused) return [];
  return [`PAUSED since ${paused.since}${paused.reason === undefined ? '' : `: ${paused.reason}`}`];
}

/** When our certificate for this bank ends: after that day nothing works there. */
function certificateLines({ profile }: StoredInstitution): string[] {
  if (!profile.clientCertificate) return [];
  const { certificateFile } = profile.clientCertificate;
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile));
    return [`client certificate ${certificate.subject.replaceAll('\n', ', ')}, valid until ${certificate.validTo}`];
  } catch {
    return [`client certificate ${certificateFile}: cannot be read`];
  }
}
