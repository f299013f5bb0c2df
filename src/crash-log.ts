import type { Log } from './log';
import { withoutSecrets } from './redaction';
import { framesOf } from './stack-frames';

/**
 * Logs what nobody caught, and ends the process as Node would. Node itself prints the message, the cause and every property of the error, and
 * those quote whatever was at hand.
 */
export function logCrashes(log: Log): void {
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ name: nameOf(error), frames: framesOf(error), origin }, 'the process breaks');
    process.exit(1);
  });
}

/** For a process that did not get as far as working: whoever starts it needs the reason. */
export function tellFailedStart(error: unknown): void {
  const reason = error instanceof Error ? error.message : 'it did not start';
  process.stderr.write(`${withoutSecrets(reason)}\n`);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
