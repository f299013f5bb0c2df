import {
  DefaultLogger,
  makeTelemetryFilterString,
  type LogEntry,
  type LogLevel,
  type RuntimeOptions,
} from '@temporalio/worker';
import type { Log, LogFields } from '../log';

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
] as const satisfies readonly (keyof LogFields)[];

const LEVELS: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Sends the SDK's lines to our log, by an allow-list of fields. Those of its native core too, which would otherwise print them itself, with
 * everything that it knows of a failure.
 */
export function runtimeTelemetry(
  log: Log,
  metricsAddress?: string,
): Required<Pick<RuntimeOptions, 'logger' | 'telemetryOptions'>> {
  return {
    logger: new DefaultLogger('INFO', (entry: LogEntry) => {
      const meta = (entry.meta ?? {}) as Record<string, unknown>;
      // Of the right type or not: the log drops what is not.
      const fields = Object.fromEntries(SAFE_FIELDS.map((name) => [name, meta[name]])) as LogFields;
      log[LEVELS[entry.level]](fields, entry.message);
    }),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(metricsAddress !== undefined && { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  };
}
