import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import { isDatabaseAway } from '../store/database';

/** The tokens exist only here and at the bank until they are stored: a database that is away for less than this loses none. */
const STORE_WITHIN_MS = 45_000;
const STORE_RETRY_MS = 250;

/** Writes what cannot be had again. @throws {ConsentFailure} `otherwise` when the database stays away */
export async function insistently<Result>(otherwise: FailureCode, write: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + STORE_WITHIN_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (Date.now() > giveUpAt) throw new ConsentFailure(otherwise, 'the answer could not be stored.');
      await delay(STORE_RETRY_MS);
    }
  }
}
