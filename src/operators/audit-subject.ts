import { withoutSecrets } from '../redaction';

/** Longer than any id, path or query that somebody types. */
const MAX_CHARACTERS = 500;

/**
 * What an action was about, fit to be kept: ids and options as they were given. Nothing that an action takes is a secret, and what
 * looks like one of ours was a slip.
 */
export function auditSubject(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && !isEmpty(value));
  return Object.fromEntries(entries.map(([name, value]) => [name, fit(value)]));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function fit(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fit);
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'string') return '…';
  const clean = withoutSecrets(value.replaceAll('\0', ''));
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS)}…` : clean;
}
