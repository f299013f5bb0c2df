import pino, { type Logger } from 'pino';

/**
 * One JSON object a line. Nothing is redacted because nothing secret is ever handed over: callers log named fields, never
 * requests, URLs, bodies or error objects.
 */
export function createLog(service: string, level: string): Logger {
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime });
}

export type Log = Logger;
