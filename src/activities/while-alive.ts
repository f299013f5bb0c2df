import { heartbeat } from '@temporalio/activity';

/** Tells the server that this worker lives. When it dies, another one looks within seconds what became of the request. */
export async function whileAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => {
    heartbeat();
  }, HEARTBEAT_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

/** A third of what workflows wait for one. */
const HEARTBEAT_EVERY_MS = 4_000;
