import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** What is waited for takes a second; a busy machine may take longer. */
const WITHIN_MS = 30_000;

/**
 * What `look` finds, once it finds something.
 *
 * @throws {Error} that names what was waited for when it never does
 */
export async function until<Found>(what: string, look: () => Promise<Found | undefined | false>): Promise<Found> {
  for (const giveUpAt = Date.now() + WITHIN_MS; ;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen within ${WITHIN_MS / 1000} s`);
    await sleep(LOOK_EVERY_MS);
  }
}
