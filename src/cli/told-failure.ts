import { ZodError } from 'zod';
import { ConsentFailure, FAILURES } from '../domain/failures';
import { withoutSecrets } from '../redaction';
import { partFaultOf } from '../temporal/part-faults';
import { NotFound, UsageError } from './command-errors';
import { endingOf, type Ending } from './exit-codes';

/** What is said of an error: to people in lines, with `--json` as one value on standard error. */
export interface ToldFailure {
  readonly ending: Ending;
  /** One of docs/errors.md, or how the command ended. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly fix?: string;
}

/** Never a stack: whoever runs a command can do nothing with it, and it may quote data. */
export function toldFailure(error: unknown): ToldFailure {
  const told = tell(error);
  return { ...told, title: withoutSecrets(told.title), ...(told.detail && { detail: withoutSecrets(told.detail) }) };
}

function tell(error: unknown): ToldFailure {
  if (error instanceof ConsentFailure) return ofConsent(error);
  if (error instanceof UsageError) {
    return { ...plain('usage', error.message), ...(error.fix !== undefined && { fix: error.fix }) };
  }
  if (error instanceof NotFound) return plain('not_found', error.message);
  if (error instanceof ZodError) return plain('usage', error.issues.map(({ message }) => message).join('\n'));
  if (!(error instanceof Error)) return bug(typeof error);
  return ofPart(error) ?? (BROKEN.includes(error.name) ? bug(error.name) : plain('failed', error.message));
}

export function textOf({ title, detail, fix }: ToldFailure): string {
  return [`${title}${detail === undefined ? '' : ` ${detail}`}`, ...(fix === undefined ? [] : [fix])].join('\n');
}

export function problemOf({ ending, ...problem }: ToldFailure, exitCode: number): object {
  return { ...problem, exitCode, ending };
}

function ofConsent({ code, detail }: ConsentFailure): ToldFailure {
  const { title, fix, ...description } = FAILURES[code];
  // Of a request it is a field that names nothing; on a command line it is what was named.
  const ending = code === 'institution_unknown' ? 'not_found' : endingOf(description);
  return { ending, code, title, ...(detail !== undefined && { detail }), fix };
}

function plain(ending: Ending, title: string): ToldFailure {
  return { ending, code: ending, title };
}

/** What the language throws when we made a mistake. */
const BROKEN = ['TypeError', 'RangeError', 'ReferenceError', 'AssertionError'];

function bug(name: string): ToldFailure {
  const fix = 'This is a fault of fdx-consent: report it with the command and its version (fdx-consent --version).';
  return { ...plain('bug', `It broke (${name}).`), fix };
}

/** What PostgreSQL and Temporal say by their codes, also where it was said again in words of ours. */
function ofPart(error: Error): ToldFailure | undefined {
  const title = error.message;
  switch (partFaultOf(error)) {
    case 'database_away':
      return {
        ending: 'unavailable',
        code: 'store_unavailable',
        title: title || FAILURES.store_unavailable.title,
        fix: 'Try again when the database answers; fdx-consent doctor --only database looks.',
      };
    case 'engine_away':
      return {
        ending: 'unavailable',
        code: 'engine_unavailable',
        title,
        fix: 'Try again when Temporal answers; fdx-consent doctor --only temporal looks.',
      };
    case 'old_schema': {
      const fix = 'If the schema is older than this build, bring it up to date: fdx-consent migrate.';
      return { ...plain('failed', title), fix };
    }
    case 'no_privilege': {
      const fix = 'Connect as the service role, or grant it what it needs: fdx-consent migrate (docs/deploy.md).';
      return { ...plain('failed', title), fix };
    }
    case undefined:
      return undefined;
  }
}
