import { readFileSync } from 'node:fs';
import { parseInstitutionsFile } from '../institutions/profile';
import { listInstitutions, saveInstitution } from '../store/institutions';
import { UsageError } from './command-errors';
import { withDatabase, type Command } from './command';
import { APPLICATION_CLIENT_COMMANDS } from './commands/application-clients';
import { APPLICATION_KEY_COMMANDS } from './commands/application-keys';
import { APPLICATION_COMMANDS } from './commands/applications';
import { BULK_COMMANDS } from './commands/bulk';
import { checkInstitutionCommand } from './commands/check-institution';
import { completionCommand } from './commands/completion';
import { CONSENT_COMMANDS } from './commands/consents';
import { DISCLOSURE_COMMANDS } from './commands/disclosures';
import { DOCTOR_COMMAND } from './commands/doctor';
import { EVENTS_COMMAND } from './commands/events';
import { EXPORT_COMMANDS } from './commands/exports';
import { EVIDENCE_COMMANDS } from './commands/evidence';
import { HOLD_COMMANDS } from './commands/holds';
import { HOUSEKEEPING_COMMANDS } from './commands/housekeeping';
import { KEY_COMMANDS } from './commands/keys';
import { MIGRATE_COMMAND } from './commands/migrate';
import { OPENAPI_COMMAND } from './commands/openapi';
import { OPERATOR_KEY_COMMANDS } from './commands/operator-keys';
import { OPERATORS_LOG_COMMAND } from './commands/operators-log';
import { PAUSE_COMMANDS } from './commands/pause';
import { PROCESS_COMMANDS } from './commands/processes';
import { RECEIPT_COMMANDS } from './commands/receipts';
import { REGISTRATION_COMMANDS } from './commands/registration';
import { TASK_COMMANDS } from './commands/tasks';
import { WORKER_COMMANDS } from './commands/workers';
import { SUBSCRIPTION_COMMANDS } from './commands/subscriptions';
import { VAULT_COMMANDS } from './commands/vault';
import { WEBHOOK_COMMANDS } from './commands/webhooks';

export const COMMANDS: readonly Command[] = [
  ...PROCESS_COMMANDS,
  DOCTOR_COMMAND,
  MIGRATE_COMMAND,
  ...APPLICATION_COMMANDS,
  ...APPLICATION_KEY_COMMANDS,
  ...APPLICATION_CLIENT_COMMANDS,
  ...DISCLOSURE_COMMANDS,
  ...OPERATOR_KEY_COMMANDS,
  {
    words: ['institutions', 'add'],
    examples: ['institutions.json'],
    synopsis: 'FILE',
    summary: 'add or replace the institutions of a JSON file',
    changes: true,
    run: (_values, [file], settings) =>
      withDatabase(settings, async (database) => {
        if (file === undefined) throw new UsageError('Name the file: fdx-consent institutions add FILE');
        const profiles = parseInstitutionsFile(readFileSync(file, 'utf8'));
        for (const profile of profiles) await saveInstitution(database, profile);
        const ids = profiles.map((profile) => profile.id);
        return { text: `Saved: ${ids.join(', ')}`, value: { saved: ids } };
      }),
  },
  {
    words: ['institutions', 'list'],
    examples: ['', '--json'],
    synopsis: '',
    summary: 'the institutions and their issuers',
    changes: false,
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const institutions = await listInstitutions(database);
        const lines = institutions.map(
          ({ profile, readiness, paused_at: since }) =>
            `${profile.id}\t${profile.name}\t${profile.issuer}\t${readiness}${since ? `, paused since ${since.toISOString()}` : ''}`,
        );
        return { text: lines.join('\n') || 'none', value: institutions };
      }),
  },
  {
    words: ['institutions', 'check'],
    examples: ['first-bank'],
    synopsis: 'ID',
    summary: 'what an institution offers, against what FAPI 2.0 and its profile need',
    changes: false,
    run: (_values, positionals, settings) =>
      withDatabase(settings, (database) =>
        checkInstitutionCommand(database, positionals, settings('OUTBOUND_PROXY_URL').OUTBOUND_PROXY_URL),
      ),
  },
  ...KEY_COMMANDS,
  ...VAULT_COMMANDS,
  ...REGISTRATION_COMMANDS,
  ...WORKER_COMMANDS,
  ...PAUSE_COMMANDS,
  ...CONSENT_COMMANDS,
  ...BULK_COMMANDS,
  ...TASK_COMMANDS,
  EVENTS_COMMAND,
  ...EXPORT_COMMANDS,
  OPERATORS_LOG_COMMAND,
  ...SUBSCRIPTION_COMMANDS,
  ...HOLD_COMMANDS,
  ...HOUSEKEEPING_COMMANDS,
  ...RECEIPT_COMMANDS,
  ...EVIDENCE_COMMANDS,
  ...WEBHOOK_COMMANDS,
  OPENAPI_COMMAND,
  completionCommand(() => COMMANDS),
];
