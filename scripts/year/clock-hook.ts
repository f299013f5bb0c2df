import { closeSync, openSync, readSync } from 'node:fs';
import { CLOCK_FILE_VARIABLE } from './clock-file';

/**
 * Loaded into API, worker and bank with `--require`, their threads included: whoever asks `Date` for the time is told the machine's
 * and what was skipped. It is read each time anew, so that all of them are ahead from the same moment on. Timers, TLS and what is
 * compiled into Node keep the machine's time; the workflows' sandbox has a `Date` of its own.
 */
const file = process.env[CLOCK_FILE_VARIABLE];
if (file !== undefined) followClock(file);

function followClock(clockFile: string): void {
  const descriptor = openSync(clockFile, 'r');
  process.once('exit', () => {
    closeSync(descriptor);
  });
  const milliseconds = new Float64Array(1);
  const RealDate = Date;
  const now = (): number => {
    readSync(descriptor, milliseconds, 0, milliseconds.byteLength, 0);
    return RealDate.now() + (milliseconds[0] ?? 0);
  };
  globalThis.Date = new Proxy(RealDate, {
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
    construct: (target, given: unknown[], made): Date =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
    apply: () => new RealDate(now()).toString(),
  });
}
