import { z } from 'zod';
import { migrateToLatest, type Database } from '../../store/database';
import { setEvidencePolicy } from '../../store/evidence';
import { DEFAULT_SERVICE_ROLE, grantToServiceRole, roleExists } from '../../store/service-role';
import { withDatabase, type Command } from '../command';
import { parseOptions } from '../operator-input';

const migrateSchema = z.object({ 'service-role': z.string().min(1, 'takes the name of a role').max(63).optional() });

/** For the owner of the tables; everybody else connects as the service role: docs/deploy.md. */
export const MIGRATE_COMMAND: Command = {
  words: ['migrate'],
  examples: ['', '--service-role fdx_consent_service'],
  synopsis: '[--service-role NAME]',
  summary: 'bring the database schema up to date, and grant the service role what it needs',
  options: {
    'service-role': {
      type: 'string',
      value: 'NAME',
      about: 'grant this role what it needs',
      fallback: 'DATABASE_SERVICE_ROLE',
    },
  },
  changes: 'schema',
  run: (values, _positionals, settings) =>
    withDatabase(settings, async (database) => {
      const { EVIDENCE_RETENTION_DAYS: evidenceRetentionDays, DATABASE_SERVICE_ROLE: configured } = settings(
        'EVIDENCE_RETENTION_DAYS',
        'DATABASE_SERVICE_ROLE',
      );
      const named = parseOptions(migrateSchema, values)['service-role'] ?? configured;
      const migrations = await migrateToLatest(database);
      const isPolicyNew = await setEvidencePolicy(database, { evidenceRetentionDays });
      const serviceRole = await grant(database, named);
      const lines = [
        migrations.length === 0 ? 'The schema is up to date.' : `Ran: ${migrations.join(', ')}`,
        ...(isPolicyNew ? [`Evidence is kept for ${evidenceRetentionDays} days.`] : []),
        serviceRole === undefined
          ? NO_SERVICE_ROLE
          : `The role ${serviceRole} has what API, workers and commands need.`,
      ];
      return { text: lines.join('\n'), value: { migrations, evidenceRetentionDays, serviceRole: serviceRole ?? null } };
    }),
};

/** A role that is named must be there; the usual one is granted to when somebody has made it. */
async function grant(database: Database, named: string | undefined): Promise<string | undefined> {
  if (named === undefined && !(await roleExists(database, DEFAULT_SERVICE_ROLE))) return undefined;
  const role = named ?? DEFAULT_SERVICE_ROLE;
  await grantToServiceRole(database, role);
  return role;
}

const NO_SERVICE_ROLE = `No role was granted to: there is no ${DEFAULT_SERVICE_ROLE}. Without one whoever serves could change the audit trail too.
  CREATE ROLE ${DEFAULT_SERVICE_ROLE} LOGIN PASSWORD '…';
makes it; run this again then, and connect API, workers and commands as that role (docs/deploy.md).`;
