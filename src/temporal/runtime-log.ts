import { DefaultLogger, type LogEntry, type LogLevel } from '@temporalio/worker';
import type { Log } from '../log';

/** Fields of the SDK's log entries that hold no payloads. Everything else, error objects included, stays out of our logs. */
const SAFE_FIELDS = [
  'workflowId',
  'runId',
  'workflowType',
  'activityType',
  'attempt',
  'taskQueue',
  'durationMs',
  'sdkComponent',
];

const LEVELS: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Sends the SDK's log lines to ours, by an allow-list of fields. */
export function runtimeLogger(log: Log): DefaultLogger {
  return new DefaultLogger('INFO', (entry: LogEntry) => {
    const meta = (entry.meta ?? {}) as Record<string, unknown>;
    const fields = Object.fromEntries(SAFE_FIELDS.filter((key) => key in meta).map((key) => [key, meta[key]]));
    log[LEVELS[entry.level]](fields, entry.message);
  });
}
