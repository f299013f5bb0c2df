import pino, { type DestinationStream } from 'pino';
import { withoutOpaqueWords, withoutSecrets } from './redaction';

/**
 * One JSON object a line, redacted by construction. A line takes the fields of a closed list and of the right type and drops
 * everything else: an error, a request, a buffer or a whole object never gets as far as being printed. Strings are cut, and what
 * looks like a secret is masked in them, in the message too.
 */
export type Log = Readonly<Record<LogLevel, LogLine>>;

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

interface LogLine {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

/** What may stand in a line beside its message. Whoever needs another field adds it here, where it is seen. */
const FIELDS = {
  // Who and what it is about. Ids of ours and of Temporal's.
  requestId: 'text',
  consentId: 'text',
  institutionId: 'text',
  endpointId: 'text',
  deliveryId: 'text',
  eventId: 'text',
  operatorKey: 'text',
  operator: 'text',
  actionId: 'text',
  workflowId: 'text',
  runId: 'text',
  workflowType: 'text',
  activityType: 'text',
  taskQueue: 'text',
  sdkComponent: 'text',
  attempt: 'number',
  // What was done, and how it went.
  method: 'text',
  route: 'text',
  status: 'number',
  milliseconds: 'number',
  durationMs: 'number',
  action: 'text',
  activity: 'text',
  operation: 'text',
  outcome: 'text',
  reason: 'text',
  sweep: 'text',
  isComplete: 'flag',
  count: 'number',
  counts: 'counts',
  // What broke: an error's name, its code and where it was thrown. Never its message, which quotes data.
  name: 'text',
  code: 'text',
  frames: 'frames',
  origin: 'text',
  // Signing keys: their public names.
  kid: 'publicId',
  before: 'publicId',
  keyReference: 'publicId',
  purpose: 'text',
  algorithm: 'text',
  provider: 'text',
  keys: 'number',
  // The process itself.
  host: 'text',
  port: 'number',
  publicUrl: 'text',
  deploymentName: 'text',
  buildId: 'text',
  part: 'text',
} as const;

type FieldKind = (typeof FIELDS)[keyof typeof FIELDS];

interface KindTypes {
  text: string;
  frames: string;
  publicId: string;
  number: number;
  flag: boolean;
  counts: Readonly<Record<string, number>>;
}

export type LogFields = {
  readonly [Name in keyof typeof FIELDS]?: KindTypes[(typeof FIELDS)[Name]] | undefined;
};

const LONGEST = { message: 500, text: 300, frames: 2_000 } as const;
const MOST_COUNTS = 30;

export function createLog(service: string, level: string, destination?: DestinationStream): Log {
  const options = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime };
  const sink = destination ? pino(options, destination) : pino(options);
  const lineAt = (at: LogLevel): LogLine => {
    return (first: LogFields | string, second?: string) => {
      if (!sink.isLevelEnabled(at)) return;
      if (typeof first === 'string') sink[at](fit(first, LONGEST.message));
      else sink[at](fitFields(first), typeof second === 'string' ? fit(second, LONGEST.message) : '');
    };
  };
  return {
    trace: lineAt('trace'),
    debug: lineAt('debug'),
    info: lineAt('info'),
    warn: lineAt('warn'),
    error: lineAt('error'),
    fatal: lineAt('fatal'),
  };
}

/** A fresh object of strings, numbers and booleans: whatever the given one does when it is read, it is not printed. */
function fitFields(given: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  try {
    // An error, a request or a buffer is not a set of fields, whatever its properties are called.
    if (!isPlainObject(given)) return fields;
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(FIELDS, name)) continue;
      const value = fitValue(FIELDS[name as keyof typeof FIELDS], (given as LogFields)[name as keyof LogFields]);
      if (value !== undefined) fields[name] = value;
    }
  } catch {
    // A getter or a proxy that throws: what was read before it stays.
  }
  return fields;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function fitValue(kind: FieldKind, value: unknown): unknown {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? fit(value, LONGEST.text) : undefined;
    case 'frames':
      return typeof value === 'string' ? fit(value, LONGEST.frames) : undefined;
    case 'publicId':
      // A thumbprint looks like a secret and is none (RFC 7638).
      return typeof value === 'string' && /^[\w:-]{1,64}$/.test(value) ? value : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'counts':
      return typeof value === 'object' && value !== null ? fitCounts(value) : undefined;
  }
}

function fitCounts(value: object): Record<string, number> {
  const counts = Object.entries(value).filter(([name, each]) => /^\w{1,40}$/.test(name) && typeof each === 'number');
  return Object.fromEntries(counts.slice(0, MOST_COUNTS));
}

/** Masked before it is cut, so that no secret is left in half, and after a first cut, so that a monster costs little. */
function fit(text: string, longest: number): string {
  const clean = withoutOpaqueWords(withoutSecrets(text.length > 4 * longest ? text.slice(0, 4 * longest) : text));
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
