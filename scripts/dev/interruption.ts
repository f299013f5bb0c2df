import type { Stack } from './stack';

/** Somebody asked for the end: no failure of what was going on. */
export class Interrupted extends Error {
  constructor(readonly signalName: NodeJS.Signals) {
    super(signalName);
  }
}

/** The first signal stops in order. npm and the terminal may both send it, so a second one soon after is the same. */
export function interruption(): AbortController {
  const controller = new AbortController();
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      firstAt ??= Date.now();
      // Somebody insists: what is still running is then killed as this process exits.
      if (Date.now() - firstAt > 2_000) process.exit(130);
      controller.abort(new Interrupted(signal));
    });
  }
  return controller;
}

export async function untilInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const interrupted = new Promise<never>((_, reject) => {
    const give = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  return await Promise.race([work, interrupted]);
}

/** A part that dies on its own is told at once, not found out later through its silence. */
export async function anyDeath(stack: Stack): Promise<never> {
  const deaths = Object.values(stack.children).map(async (child) => {
    const ending = await child?.exited;
    throw new Error(
      `${child?.name ?? 'a part'} ended with ${ending ?? '?'}; see ${child?.logFile ?? stack.logDirectory}`,
    );
  });
  return await Promise.race(deaths);
}
