import { continueAsNew, getExternalWorkflowHandle, log, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Errand } from '../activities/reconcile';
import { consentWorkflowId, type ConsentId } from '../domain/ids';
import { failureCodeOf } from './activities';
import { bankReported } from './contract';
import { atBanks, inOurBooks, subscribing } from './reconcile-activities';
import type { ReconcileInput, ReconcileResult } from './reconcile-contract';

/** Looked at in one run; the next ones in another, so that no history grows with the number of banks. */
const INSTITUTIONS_PER_RUN = 100;
/** Each may take minutes of one activity slot: the others are for persons who wait. */
const INSTITUTIONS_AT_ONCE = 10;
/** An institution with a long queue goes on with it in the next round. Shorter than the time between two rounds. */
const LONGEST_ERRAND_MS = 10 * 60 * 1000;
/** Far from the server's limit of about 50,000. */
const MOST_EVENTS = 10_000;

type Tally = { -readonly [Name in keyof ReconcileResult]: ReconcileResult[Name] };

/**
 * One round over all institutions: keeps our subscriptions at them, asks for notifications where they do not send them, and asks how
 * consents stand that nobody has told us about. A bank that is down is left for the next round and holds up no other.
 */
export async function ReconcileWorkflow({ after, soFar }: ReconcileInput): Promise<ReconcileResult> {
  const tally: Tally = { ...(soFar ?? { checked: 0, found: 0, untold: 0, troubled: 0 }) };
  const page = await inOurBooks.listErrands({ limit: INSTITUTIONS_PER_RUN, ...(after !== undefined && { after }) });
  const waiting = [...page.errands];
  const lanes = Array.from({ length: INSTITUTIONS_AT_ONCE }, async () => {
    for (let errand = waiting.shift(); errand; errand = waiting.shift()) await run(errand, tally);
  });
  await Promise.all(lanes);
  setCurrentDetails(
    `${tally.checked} consents checked, ${tally.found} not as recorded (${tally.untold} without a workflow), ` +
      `${tally.troubled} institutions in trouble.`,
  );
  if (page.next !== undefined) {
    await continueAsNew<typeof ReconcileWorkflow>({ version: 1, after: page.next, soFar: tally });
  }
  return tally;
}

async function run(errand: Errand, tally: Tally): Promise<void> {
  const steps = [
    ...(errand.keepsSubscriptions ? [keepSubscriptions] : []),
    ...(errand.polls ? [poll] : []),
    ...(errand.reconciles ? [reconcile] : []),
  ];
  let isTroubled = false;
  for (const step of steps) {
    try {
      isTroubled = !(await step(errand, tally)) || isTroubled;
    } catch (error) {
      isTroubled = true;
      log.warn('a step at an institution failed', { step: step.name, failure: failureCodeOf(error) });
    }
  }
  if (isTroubled) tally.troubled += 1;
}

/** @returns whether all went well; so do the two below */
async function keepSubscriptions({ institutionId }: Errand): Promise<boolean> {
  const { failure } = await subscribing.keepSubscriptions({ institutionId });
  return failure === undefined;
}

async function poll({ institutionId }: Errand): Promise<boolean> {
  await atBanks.pollNotifications({ institutionId });
  return true;
}

async function reconcile({ institutionId }: Errand, tally: Tally): Promise<boolean> {
  const endsAt = Date.now() + LONGEST_ERRAND_MS;
  for (;;) {
    const { checked, found, hasMore, failure } = await atBanks.reconcileInstitution({ institutionId });
    tally.checked += checked;
    tally.found += found.length;
    await Promise.all(found.map((id) => tell(id, tally)));
    if (failure !== undefined) return false;
    if (!hasMore || Date.now() >= endsAt || workflowInfo().historyLength > MOST_EVENTS) return true;
  }
}

/** Only that there is something to ask the bank about: the consent's workflow asks for itself. */
async function tell(id: ConsentId, tally: Tally): Promise<void> {
  try {
    await getExternalWorkflowHandle(consentWorkflowId(id)).signal(bankReported, { source: 'reconcile' });
  } catch {
    // It has none, or none any more. It is found again as long as its row says that it is active.
    tally.untold += 1;
  }
}
