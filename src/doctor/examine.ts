import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure, FAILURES } from '../domain/failures';
import { withoutSecrets } from '../redaction';
import { isDatabaseAway } from '../store/database';
import { fail, type Check, type Finding, type Verdict } from './check';
import type { Surroundings } from './surroundings';

export interface Examined extends Finding {
  readonly name: string;
}

/** Longer than each part takes to say that it is away, so that a check tells of that rather than of its patience. */
const PATIENCE_MS = 8_000;

/**
 * All checks side by side, in their order. One that breaks or takes too long has failed; the others are not kept from their answer.
 *
 * @param patienceMs how long each of them may take
 */
export function examine(
  checks: readonly Check[],
  surroundings: Surroundings,
  patienceMs = PATIENCE_MS,
): Promise<readonly Examined[]> {
  return Promise.all(
    checks.map(async (check) => {
      const finding = await within(patienceMs, check, surroundings).catch(translated);
      return { name: check.name, ...withoutSecretsIn(finding) };
    }),
  );
}

export function worst(examined: readonly Examined[]): Verdict {
  if (examined.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return examined.some(({ verdict }) => verdict === 'warn') ? 'warn' : 'ok';
}

async function within(patienceMs: number, check: Check, surroundings: Surroundings): Promise<Finding> {
  const stop = new AbortController();
  const tooLong = delay(
    patienceMs,
    fail(`no answer within ${patienceMs / 1000} seconds`, 'Look at the part that it asks.'),
    {
      signal: stop.signal,
    },
  );
  try {
    return await Promise.race([Promise.resolve().then(() => check.look(surroundings)), tooLong]);
  } finally {
    stop.abort();
    tooLong.catch(() => undefined);
  }
}

/** gRPC: DEADLINE_EXCEEDED, UNAVAILABLE. */
const AWAY: readonly unknown[] = [4, 14];
/** PostgreSQL: undefined_table, undefined_column. */
const OLD_SCHEMA: readonly unknown[] = ['42P01', '42703'];

function translated(error: unknown): Finding {
  if (!(error instanceof Error)) return fail('it cannot be looked at', 'Report this: it is a fault of the check.');
  if (error instanceof ConsentFailure) return fail(error.message, FAILURES[error.code].fix);
  const { code, details } = error as { readonly code?: unknown; readonly details?: unknown };
  if (isDatabaseAway(error)) {
    return fail('the database does not answer, so this is not known', 'See the check `database`.');
  }
  if (isEngineAway(error)) return fail('Temporal does not answer, so this is not known', 'See the check `temporal`.');
  if (OLD_SCHEMA.includes(code)) return fail('the schema is older than this build', 'See the check `migrations`.');
  if (code === '42501') return fail(`the role may not look: ${error.message}`, 'See the check `database-role`.');
  if (error.message.startsWith('The configuration has faults')) {
    const faults = error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    return fail(`not known: ${faults.join('; ')}`, 'See the check `settings`.');
  }
  return fail(typeof details === 'string' ? details : error.message, 'Look at the part that says so.');
}

function isEngineAway(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    const { code, details } = each as { readonly code?: unknown; readonly details?: unknown };
    if (AWAY.includes(code) && typeof details === 'string') return true;
  }
  return false;
}

function withoutSecretsIn({ verdict, what, fix }: Finding): Finding {
  return { verdict, what: withoutSecrets(what), ...(fix !== undefined && { fix: withoutSecrets(fix) }) };
}
