import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';
import { parentPort, threadId } from 'node:worker_threads';

/**
 * Loaded into API and worker with `--require` when a run is profiled, their threads included: Node 20 refuses `--cpu-prof` in
 * NODE_OPTIONS. Writes what DevTools opens.
 */
const directory = process.env['BENCH_PROFILE_DIRECTORY'];
if (directory !== undefined) profileUntilExit(directory);

function profileUntilExit(into: string): void {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  const stop = (): void => {
    // The session is this thread's own: it calls back before `post` returns.
    session.post('Profiler.stop', (error, { profile }) => {
      if (error) return;
      mkdirSync(into, { recursive: true });
      const program = path.basename(process.argv[1] ?? 'node', '.js');
      writeFileSync(path.join(into, `${program}-${process.pid}-${threadId}.cpuprofile`), JSON.stringify(profile));
    });
  };
  process.on('exit', stop);
  // Temporal's workflow thread is told to clean up and then terminated, which fires no exit event.
  parentPort?.on('message', (message: { input?: { type?: unknown } }) => {
    if (message.input?.type === 'destroy') stop();
  });
}
