import { deliverRevocation } from '../revocation/request-revocation';
import { findConsent, listWithoutWorkflow, markWorkflowStarted } from '../store/consents';
import { listUndeliveredRevocations, noteRevocationDelivered } from '../store/life';
import { tellLostGrants } from '../notifications/lost-grants';
import { tellUntold } from '../notifications/tell-workflows';
import { framesOf } from '../stack-frames';
import { consentInputOf } from '../temporal/consent-input';
import type { ApiDependencies } from './dependencies';

/** A start that takes longer than this was interrupted. */
const GRACE_MS = 30_000;
const EVERY_MS = 30_000;
const BATCH = 100;

/**
 * Starts the workflows of consents whose creation was cut off between the row and the workflow. Starting one that runs already
 * changes nothing, so any number of processes may sweep.
 */
export async function startMissingWorkflows({ database, engine, settings }: ApiDependencies): Promise<number> {
  const rows = await listWithoutWorkflow(database, new Date(Date.now() - GRACE_MS), BATCH);
  for (const row of rows) {
    await engine.start(consentInputOf(row, settings.lifePolicy), row.application_name);
    await markWorkflowStarted(database, row.id);
  }
  return rows.length;
}

/**
 * Tells workflows of revocations that they may not have heard of. One that has lost its workflow gets it back: the bank must be
 * told, whatever happened here.
 */
export async function deliverRevocations(deps: ApiDependencies): Promise<number> {
  const { database, engine, settings } = deps;
  const waiting = await listUndeliveredRevocations(database, new Date(Date.now() - GRACE_MS), BATCH);
  for (const { id, revocation } of waiting) {
    if (revocation === null || (await deliverRevocation({ database, engine }, id, revocation))) continue;
    const row = await findConsent(database, id);
    if (row) await engine.start(consentInputOf(row, settings.lifePolicy), row.application_name);
    await noteRevocationDelivered(database, id);
  }
  return waiting.length;
}

/** What is looked for, and how much of it there was. One that does not finish holds up no other. */
const SWEEPS: readonly (readonly [what: string, sweep: (deps: ApiDependencies) => Promise<number>])[] = [
  ['started workflows that a crash had left out', startMissingWorkflows],
  ['told workflows of revocations that had not reached them', deliverRevocations],
  ['told workflows of what banks have sent', tellUntold],
  ['told workflows of grants that banks no longer honour', tellLostGrants],
];

/** Sweeps now and then until stopped. */
export function sweepRegularly(deps: ApiDependencies): { stop(): void } {
  const timer = setInterval(() => {
    for (const [what, sweep] of SWEEPS) {
      sweep(deps).then(
        (count) => {
          if (count > 0) deps.log.warn({ count }, what);
        },
        (error: unknown) => {
          const name = error instanceof Error ? error.name : typeof error;
          deps.log.warn({ name, frames: framesOf(error) }, 'a sweep did not finish; it comes again');
        },
      );
    }
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
    },
  };
}
