import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { guarded } from '../src/activities/guard';
import type { ConsentId } from '../src/domain/ids';
import { CONSENT_WORKFLOW, TASK_QUEUE, type ConsentInput } from '../src/workflows/contract';
import { createRecordedWorld, RecordedConsent, TERMS } from './recorded-consent';
import { LIVES } from './recorded-lives';
import type { RecordedLife } from './recorded-lives/life';
import { HISTORIES, RECORDING_CONVERTER, withRecordingServer, writeHistory } from './recording';
import { compiled } from './setup/repository';

/**
 * Records histories of consents for the replay tests: `npm run build && node dist/scripts/record-histories.js [NAME…]`.
 *
 * Without names it records what has no file yet and touches nothing else; with names it records those anew. Do that only for what a
 * change of the workflow breaks on purpose: the files stand for consents that are alive in production.
 *
 * Lives that began under an earlier version need the bundle of that version, and are left out without one:
 * `git worktree add --detach ../earlier 2869a64`, build there, and set `EARLIER_BUNDLE=../earlier/dist/workflow-bundle.js`.
 * `abandoned`, `active-then-expired`, `asleep`, `bank-slow-then-granted`, `denied`, `lost-then-granted` and `par-refused` were
 * recorded by that version, lived under it to their end, and cannot be made by this one.
 */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in LIVES));
  if (unknown.length > 0)
    throw new Error(`no such life: ${unknown.join(', ')}. There are ${Object.keys(LIVES).join(', ')}`);
  const lives = Object.entries(LIVES).filter(([name]) =>
    wanted.length > 0 ? wanted.includes(name) : !isRecorded(name),
  );
  await withRecordingServer(async (env) => {
    for (const [name, life] of lives) {
      if (life.beginsEarlier && earlierBundle() === undefined)
        console.log(`${name}: left out, EARLIER_BUNDLE is not set`);
      else await record(env, name, life);
    }
  });
}

function isRecorded(name: string): boolean {
  return existsSync(path.join(HISTORIES, `${name}.json`));
}

function earlierBundle(): string | undefined {
  return process.env['EARLIER_BUNDLE'];
}

async function record(env: TestWorkflowEnvironment, name: string, life: RecordedLife): Promise<void> {
  const world = createRecordedWorld(() => env.currentTimeMs());
  const activities = guarded({ ...world.activities, ...life.activities?.(world) }, (activity) => {
    throw new Error(`${activity} broke`);
  });
  const workerOf = (codePath: string) =>
    Worker.create({
      connection: env.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowBundle: { codePath },
      activities,
      dataConverter: RECORDING_CONVERTER,
      // The worker that takes over must not wait for the one that left.
      maxCachedWorkflows: life.beginsEarlier ? 0 : 100,
    });
  const input = { ...(await inputFor(name, life, env)), ...(await life.input?.(world)) };
  let consent: RecordedConsent | undefined;
  const start = async () => {
    const handle = await env.client.workflow.start(CONSENT_WORKFLOW, {
      ...{ workflowId: input.consentId, taskQueue: TASK_QUEUE, args: [input] },
    });
    return new RecordedConsent(env, handle, input);
  };
  const { beginsEarlier } = life;
  if (beginsEarlier) {
    const earlier = await workerOf(earlierBundle() ?? '');
    consent = await earlier.runUntil(async () => {
      const begun = await start();
      await beginsEarlier(begun);
      return begun;
    });
  }
  const worker = await workerOf(compiled('workflow-bundle.js'));
  await worker.runUntil(async () => {
    consent ??= await start();
    await life.story(consent);
    await writeHistory(name, await consent.historyOfRun(life.run ?? 'last'));
    await consent.handle.terminate().catch(() => undefined);
  });
}

async function inputFor(name: string, life: RecordedLife, env: TestWorkflowEnvironment): Promise<ConsentInput> {
  return {
    version: life.beginsEarlier ? 1 : 2,
    consentId: `cns_${name}` as ConsentId,
    applicationId: 'recorded-application' as ConsentInput['applicationId'],
    institutionId: 'recorded-bank' as ConsentInput['institutionId'],
    institutionName: 'Recorded Bank',
    terms: TERMS,
    authorizeBy: (await env.currentTimeMs()) + 3 * 24 * 60 * 60 * 1000,
    policy: { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600 },
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
