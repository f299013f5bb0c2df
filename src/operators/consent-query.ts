import type { ConsentStatus, NextAction } from '../domain/consent';
import { RUNNING_CONSENTS, SEARCH_ATTRIBUTES } from '../workflows/contract';

/** The convenient way to say which consents. */
export interface ConsentFilters {
  readonly status?: ConsentStatus | undefined;
  readonly institutionId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly nextAction?: NextAction | undefined;
  readonly expiresBefore?: Date | undefined;
}

/**
 * A Temporal visibility query for running consents that meet the filters and the query, which may be any over our search
 * attributes.
 *
 * @throws {Error} when the query is no clause of its own, or a filter holds what no id of ours does
 * @see https://docs.temporal.io/list-filter
 */
export function consentQuery(filters: ConsentFilters, query?: string): string {
  const clauses = [RUNNING_CONSENTS, ...clausesOf(filters)];
  if (query !== undefined) {
    requireWholeClause(query);
    clauses.push(`(${query})`);
  }
  return clauses.join(' AND ');
}

function clausesOf({ status, institutionId, applicationId, nextAction, expiresBefore }: ConsentFilters): string[] {
  const words = [
    [SEARCH_ATTRIBUTES.status.name, status],
    [SEARCH_ATTRIBUTES.institutionId.name, institutionId],
    [SEARCH_ATTRIBUTES.applicationId.name, applicationId],
    [SEARCH_ATTRIBUTES.nextAction.name, nextAction],
  ] as const;
  const equal = words.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${quoted(value)}`]));
  const before = expiresBefore && `${SEARCH_ATTRIBUTES.expiresAt.name} < ${quoted(expiresBefore.toISOString())}`;
  return before === undefined ? equal : [...equal, before];
}

/** Ids, states and instants are made of these. What needs escaping is none of them, so there is nothing to escape. */
const QUOTABLE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

function quoted(value: string): string {
  if (!QUOTABLE.test(value))
    throw new Error(`${JSON.stringify(value)} is no id: letters, digits, hyphens, dots, colons`);
  return `'${value}'`;
}

/** Between our parentheses it must stay there: `a) OR (b` would not. */
function requireWholeClause(query: string): void {
  let depth = 0;
  let quote: string | undefined;
  let isEscaped = false;
  for (const character of query) {
    if (isEscaped) isEscaped = false;
    else if (character === '\\') isEscaped = true;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (`'"\``.includes(character)) quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (depth !== 0 || quote !== undefined || isEscaped || query.trim() === '') {
    throw new Error('The query is not complete: its quotes and parentheses must match.');
  }
}
