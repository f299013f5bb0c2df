import { fail, ok, warn, type Check, type Finding } from './check';
import { isDatabaseAway, missingMigrations } from '../store/database';
import { lookAtServer, missingPrivileges, type DatabaseServer } from '../store/database-server';
import { waysToChangeEvidence } from '../store/service-role';
import { withoutSecrets } from '../redaction';
import type { Surroundings } from './surroundings';
import { lengthText } from '../domain/length-text';

/** PostgreSQL 14: what our migrations are written for (`pg_current_xact_id` and `xid8` are of 13). */
const LEAST_VERSION = 14;

export const DATABASE_CHECKS: readonly Check[] = [
  { name: 'database', about: 'PostgreSQL answers, and its version is one that is supported', look: lookAtDatabase },
  {
    name: 'clock',
    about: 'our clock and the one of the database agree',
    look: async (surroundings) => judgeClock(await lookAtServer(surroundings.database())),
  },
  {
    name: 'migrations',
    about: 'the schema is as this build needs it',
    look: async ({ database }) => {
      const missing = await missingMigrations(database());
      if (missing.length === 0) return ok('all have run');
      return fail(`not run yet: ${missing.join(', ')}`, 'Run fdx-consent migrate as the owner of the tables.');
    },
  },
  { name: 'database-role', about: 'our role can do its work, and cannot change the audit trail', look: lookAtRole },
];

async function lookAtDatabase({ settings, database }: Surroundings): Promise<Finding> {
  const { host, pathname } = new URL(settings('DATABASE_URL').DATABASE_URL);
  try {
    const { version, role } = await lookAtServer(database());
    const seen = `PostgreSQL ${version} at ${host}${pathname} as ${role}`;
    return Number.parseInt(version, 10) >= LEAST_VERSION
      ? ok(seen)
      : fail(seen, `Run PostgreSQL ${LEAST_VERSION} or later.`);
  } catch (error) {
    const { message } = error as Error;
    const what = `${host}${pathname} ${isDatabaseAway(error) ? 'does not answer' : 'refuses us'}: ${withoutSecrets(message)}`;
    return fail(what, 'Start it, or correct DATABASE_URL (docs/configuration.md).');
  }
}

/** Signed instants of ours are refused by banks that allow for no more: docs/fapi-conformance.md. */
const WRONG_MS = 10_000;
const DOUBTFUL_MS = 2_000;

/** @param server asked at an instant between two readings of our own clock */
export function judgeClock({
  now,
  askedAt,
  answeredAt,
}: Pick<DatabaseServer, 'now' | 'askedAt' | 'answeredAt'>): Finding {
  // Between the two there is no telling: only what lies outside is a difference.
  const skewMs = now < askedAt ? askedAt - now : Math.max(0, now - answeredAt);
  if (skewMs < DOUBTFUL_MS) return ok('less than 2 s apart');
  const what = `${lengthText(skewMs)} apart`;
  const fix = 'Synchronise the clocks (NTP): banks refuse what is signed in the future or the past.';
  return skewMs < WRONG_MS ? warn(what, fix) : fail(what, fix);
}

async function lookAtRole({ settings, database }: Surroundings): Promise<Finding> {
  const { AUDIT_PROTECTION: wanted } = settings('AUDIT_PROTECTION');
  const missing = await missingPrivileges(database());
  if (missing.length > 0) {
    return fail(
      `it may not ${few(missing)}`,
      'Run fdx-consent migrate as the owner of the tables: it grants what is needed.',
    );
  }
  const ways = await waysToChangeEvidence(database());
  if (ways.length === 0) return ok('it can do its work, and cannot change the audit trail');
  const what = `it could change the audit trail: ${few(ways)}`;
  const fix = 'Connect as the service role: docs/deploy.md#two-database-roles.';
  return wanted === 'required' ? fail(what, fix) : warn(what, fix);
}

const FEW = 3;

function few(all: readonly string[]): string {
  const more = all.length > FEW ? `, and ${all.length - FEW} more` : '';
  return `${all.slice(0, FEW).join(', ')}${more}`;
}
