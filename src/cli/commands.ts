import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseInstitutionsFile } from '../institutions/profile';
import { createApiKey } from '../store/applications';
import { migrateToLatest } from '../store/database';
import { listInstitutions, saveInstitution } from '../store/institutions';
import { withDatabase, type Command } from './command';
import { APPLICATION_COMMANDS } from './commands/applications';
import { BULK_COMMANDS } from './commands/bulk';
import { checkInstitutionCommand } from './commands/check-institution';
import { CONSENT_COMMANDS } from './commands/consents';
import { HOUSEKEEPING_COMMANDS } from './commands/housekeeping';
import { KEY_COMMANDS } from './commands/keys';
import { OPERATORS_LOG_COMMAND } from './commands/operators-log';
import { PAUSE_COMMANDS } from './commands/pause';
import { REGISTRATION_COMMANDS } from './commands/registration';
import { TASK_COMMANDS } from './commands/tasks';
import { WORKER_COMMANDS } from './commands/workers';
import { SUBSCRIPTION_COMMANDS } from './commands/subscriptions';
import { VAULT_COMMANDS } from './commands/vault';

export const COMMANDS: readonly Command[] = [
  {
    words: ['migrate'],
    synopsis: '',
    summary: 'bring the database schema up to date',
    changes: 'schema',
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const migrations = await migrateToLatest(database);
        const text = migrations.length === 0 ? 'The schema is up to date.' : `Ran: ${migrations.join(', ')}`;
        return { text, value: { migrations } };
      }),
  },
  ...APPLICATION_COMMANDS,
  {
    words: ['operators', 'add'],
    synopsis: '--name NAME',
    summary: 'print a new operator API key',
    options: { name: { type: 'string' } },
    changes: true,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const { name } = z.object({ name: z.string('--name is needed').min(1) }).parse(values);
        const key = await createApiKey(database, { role: 'operator' }, name);
        return { text: `Operator key (shown once): ${key.apiKey}`, value: key };
      }),
  },
  {
    words: ['institutions', 'add'],
    synopsis: 'FILE',
    summary: 'add or replace the institutions of a JSON file',
    changes: true,
    run: (_values, [file], settings) =>
      withDatabase(settings, async (database) => {
        if (file === undefined) throw new Error('Name the file: fdx-consent institutions add FILE');
        const profiles = parseInstitutionsFile(readFileSync(file, 'utf8'));
        for (const profile of profiles) await saveInstitution(database, profile);
        const ids = profiles.map((profile) => profile.id);
        return { text: `Saved: ${ids.join(', ')}`, value: { saved: ids } };
      }),
  },
  {
    words: ['institutions', 'list'],
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
  OPERATORS_LOG_COMMAND,
  ...SUBSCRIPTION_COMMANDS,
  ...HOUSEKEEPING_COMMANDS,
];
