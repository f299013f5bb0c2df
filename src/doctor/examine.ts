import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure, FAILURES } from '../domain/failures';
import { withoutSecrets } from '../redaction';
import { partFaultOf } from '../temporal/part-faults';
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

function translated(error: unknown): Finding {
  if (!(error instanceof Error)) return fail('it cannot be looked at', 'Report this: it is a fault of the check.');
  if (error instanceof ConsentFailure) return fail(error.message, FAILURES[error.code].fix);
  switch (partFaultOf(error)) {
    case 'database_away':
      return fail('the database does not answer, so this is not known', 'See the check `database`.');
    case 'engine_away':
      return fail('Temporal does not answer, so this is not known', 'See the check `temporal`.');
    case 'old_schema':
      return fail('the schema is older than this build', 'See the check `migrations`.');
    case 'no_privilege':
      return fail(`the role may not look: ${error.message}`, 'See the check `database-role`.');
    case undefined:
      return ofSettings(error) ?? ofUnknown(error);
  }
}

function ofSettings({ message }: Error): Finding | undefined {
  if (!message.startsWith('The configuration has faults')) return undefined;
  const [, ...faults] = message.split('\n').map((line) => line.trim());
  return fail(`not known: ${faults.join('; ')}`, 'See the check `settings`.');
}

function ofUnknown(error: Error): Finding {
  // What a server said, where a library has put more around it.
  const { details } = error as { readonly details?: unknown };
  return fail(typeof details === 'string' ? details : error.message, 'Look at the part that says so.');
}

function withoutSecretsIn({ verdict, what, fix }: Finding): Finding {
  return { verdict, what: withoutSecrets(what), ...(fix !== undefined && { fix: withoutSecrets(fix) }) };
}
