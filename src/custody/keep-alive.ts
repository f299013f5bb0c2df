import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import { currentProfile } from '../institutions/current-profile';
import { isDatabaseAway } from '../store/database';
import { takeIdleGrants } from '../store/keep-alive';
import { findOpenInstitution, listOpenInstitutions } from '../store/reconcile';
import type { CustodyDependencies } from './dependencies';
import { freshTokens } from './fresh-tokens';

export interface KeepAlive {
  readonly deps: CustodyDependencies;
  /** Told of every grant that could not be kept alive, of what broke at one, and of a round that broke. */
  readonly report: (event: KeepAliveEvent) => void;
}

export type KeepAliveEvent =
  | { readonly kind: 'failed'; readonly institutionId: InstitutionId; readonly failure: FailureCode }
  | { readonly kind: 'broke'; readonly error: unknown };

const EVERY_MS = 60_000;
/** Taken at once: few, since what a worker that dies has taken waits for the end of its lease. */
const MOST_TAKEN = 20;
/** Longer than the slowest bank takes for all that was taken at once. One that failed is due again after it, and after its cool-down. */
const LEASE_SECONDS = 30 * 60;
/** A bank that fails this often in a row is left alone until the next round. */
const PATIENCE = 3;
const PAGE = 100;

/** Uses refresh tokens now and then, until stopped, at banks that forget those which nobody uses. */
export function keepAliveRegularly(keepAlive: KeepAlive): { stop(): void } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const rounds = async (): Promise<void> => {
    while (!signal.aborted) {
      await keepIdleGrantsAlive(keepAlive, signal).catch((error: unknown) => {
        keepAlive.report({ kind: 'broke', error });
      });
      // Jittered, so that workers that were started together do not look together.
      await pause(EVERY_MS * (0.8 + 0.4 * Math.random()), signal);
    }
  };
  void rounds();
  return {
    stop() {
      stopping.abort();
    },
  };
}

/** One round. A slow bank holds up no other. */
export async function keepIdleGrantsAlive(keepAlive: KeepAlive, signal: AbortSignal): Promise<void> {
  const { database } = keepAlive.deps;
  for (let after: InstitutionId | undefined; ;) {
    const page = await listOpenInstitutions(database, after, PAGE);
    const forgetful = page.filter(({ profile }) => currentProfile(profile)?.tokens.keepAliveDays !== undefined);
    await Promise.all(forgetful.map(({ id }) => keepAliveAt(keepAlive, id, signal)));
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

async function keepAliveAt({ deps, report }: KeepAlive, id: InstitutionId, signal: AbortSignal): Promise<void> {
  let failures = 0;
  for (;;) {
    // Read each time: an operator who pauses it, or slows us down, is heard at once.
    const rhythm = await rhythmOf(deps, id);
    const idle = rhythm ? await takeIdleGrants(deps.database, id, { ...rhythm, leaseSeconds: LEASE_SECONDS }) : [];
    if (!rhythm || idle.length === 0) return;
    for (const authorizationId of idle) {
      const nextAt = Date.now() + 60_000 / rhythm.maxPerMinute;
      try {
        await freshTokens(deps, authorizationId, { isInDoubt: true });
        failures = 0;
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        // One that does not open is always the first that is taken: the others of its batch must not wait for it.
        if (!(error instanceof ConsentFailure)) report({ kind: 'broke', error });
        else {
          report({ kind: 'failed', institutionId: id, failure: error.code });
          // One that the bank has refused says nothing of the others.
          if (error.code !== 'grant_lost') failures += 1;
        }
      }
      await pause(nextAt - Date.now(), signal);
      if (signal.aborted || failures === PATIENCE) return;
    }
  }
}

async function rhythmOf({ database }: CustodyDependencies, id: InstitutionId) {
  const institution = await findOpenInstitution(database, id);
  const profile = institution && currentProfile(institution.profile);
  const days = profile?.tokens.keepAliveDays;
  if (!profile || days === undefined) return undefined;
  const { maxPerMinute } = profile.reconcile;
  return { days, maxPerMinute, limit: Math.min(MOST_TAKEN, Math.ceil(maxPerMinute / 4)) };
}

/** Ends at once when the signal comes; keeps no process alive. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
