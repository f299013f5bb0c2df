import { isDatabaseAway } from '../store/database';

/** What is the matter with a part that we ask, as its error says it. */
export type PartFault = 'database_away' | 'engine_away' | 'old_schema' | 'no_privilege';

/** gRPC: DEADLINE_EXCEEDED, UNAVAILABLE. */
const ENGINE_AWAY: readonly unknown[] = [4, 14];
/** PostgreSQL: undefined_table, undefined_column, undefined_function. */
const OLD_SCHEMA: readonly unknown[] = ['42P01', '42703', '42883'];
/** PostgreSQL: insufficient_privilege. */
const NO_PRIVILEGE = '42501';
/** Errors are said again in words of ours, and wrapped by libraries; deeper than that nothing is. */
const DEEPEST = 4;

/** By the codes of PostgreSQL and gRPC, of the error or of what caused it; undefined when it is about neither. */
export function partFaultOf(error: unknown): PartFault | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < DEEPEST; each = each.cause, depth += 1) {
    const fault = faultIn(each);
    if (fault) return fault;
  }
  return undefined;
}

function faultIn(error: Error): PartFault | undefined {
  const { code, details } = error as { readonly code?: unknown; readonly details?: unknown };
  // First: its words may speak of a lost connection as those of PostgreSQL do.
  if (ENGINE_AWAY.includes(code) && typeof details === 'string') return 'engine_away';
  if (isDatabaseAway(error)) return 'database_away';
  if (OLD_SCHEMA.includes(code)) return 'old_schema';
  return code === NO_PRIVILEGE ? 'no_privilege' : undefined;
}
