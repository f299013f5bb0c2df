import { setTimeout as delay } from 'node:timers/promises';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { optionalTsToMs, tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { ConsentState, ConsentStatus } from '../../../src/domain/consent';
import type { Revocation } from '../../../src/domain/ending';
import type { AuthorizationId, InvitationId } from '../../../src/domain/ids';
import {
  bankReported,
  callback,
  cancelInvitation,
  currentState,
  invite,
  launch,
  remind,
  retryEnding,
  revoke,
  usedUp,
  type BankReport,
  type CallbackAnswer,
  type ConsentInput,
  type ConsentResult,
  type InvitationAnswer,
  type LaunchOutcome,
  type OpenInvitation,
} from '../../../src/workflows/contract';
import type { SkippingClock } from './skipping-clock';

/**
 * The real time a test waits for the workflow to get somewhere. What the server skips does not count. Longer than a step may take: one
 * that a server on a busy machine hands to nobody comes again after half a minute.
 */
const PATIENCE_MS = 45_000;
const LOOK_EVERY_MS = 20;

const THREE_DAYS_MS = 3 * 24 * 60 * 60 * 1000;

const { PENDING_ACTIVITY_STATE_STARTED: PENDING_ACTIVITY_STARTED } = temporal.api.enums.v1.PendingActivityState;

/** A person who no longer wants it. */
export const BY_PERSON: Revocation = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' };

/** One consent as the API and the person see it. */
export class ConsentUnderTest {
  private invitations = 0;

  constructor(
    readonly input: ConsentInput,
    readonly handle: WorkflowHandleWithFirstExecutionRunId,
    private readonly clock: SkippingClock,
  ) {}

  /**
   * An update that arrives in the very moment in which a run hands over may be turned down unheard. The API tells its caller to
   * come again (engine_unavailable), and so does whoever asks here.
   */
  private async ask<Answer, Request>(
    definition: UpdateDefinition<Answer, [Request]>,
    request: Request,
  ): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.handle.executeUpdate(definition, { args: [request] });
      } catch (error) {
        if (!(error instanceof WorkflowUpdateFailedError) || tries === 5) throw error;
      }
    }
  }

  /** The person agrees and presses Continue, on the page of the first link or of a later one. */
  launch(invitationId?: InvitationId): Promise<LaunchOutcome> {
    const request = { browserHash: 'ab'.repeat(32), agreedAt: 1_764_000_000_000, disclosureDigest: 'digest' };
    return this.ask(launch, { ...request, ...(invitationId && { invitationId }) });
  }

  /** The application wants the person to authorize anew: a link for three days, on the same terms. */
  async invite(wish: Partial<OpenInvitation> = {}): Promise<InvitationAnswer> {
    this.invitations += 1;
    const invitation: OpenInvitation = {
      invitationId: `inv_${this.invitations}` as InvitationId,
      reason: 'renew',
      terms: this.input.terms,
      authorizeBy: (await this.clock.now()) + THREE_DAYS_MS,
      ...wish,
    };
    return this.ask(invite, invitation);
  }

  /** @returns the link, which is open now */
  async isInvited(wish: Partial<OpenInvitation> = {}): Promise<InvitationId> {
    const answer = await this.invite(wish);
    if (answer.kind !== 'open') throw new Error(`not invited: ${JSON.stringify(answer)}`);
    return answer.invitationId;
  }

  cancel(invitationId: InvitationId): Promise<'closed' | 'busy'> {
    return this.ask(cancelInvitation, invitationId);
  }

  /** A link, to the bank with it, and back with a code. */
  async renew(wish: Partial<OpenInvitation> = {}): Promise<AuthorizationId> {
    return this.authorize(await this.isInvited(wish));
  }

  revoke(revocation: Revocation = BY_PERSON): Promise<void> {
    return this.handle.signal(revoke, revocation);
  }

  report(source: BankReport['source'], authorizationId?: AuthorizationId): Promise<void> {
    return this.handle.signal(bankReported, { source, ...(authorizationId && { authorizationId }) });
  }

  useUp(): Promise<void> {
    return this.handle.signal(usedUp);
  }

  remind(): Promise<void> {
    return this.handle.signal(remind);
  }

  retryEnding(): Promise<void> {
    return this.handle.signal(retryEnding);
  }

  /** The person is sent to the bank. @returns which trip this is */
  async goToBank(invitationId?: InvitationId): Promise<AuthorizationId> {
    const outcome = await this.launch(invitationId);
    if (outcome.kind !== 'redirect') throw new Error(`sent nowhere: ${JSON.stringify(outcome)}`);
    const id = /aut_[0-9a-f]{32}/.exec(outcome.authorizationUrl)?.[0];
    return id as AuthorizationId;
  }

  async comeBackWith(authorizationId: AuthorizationId, answer: CallbackAnswer['answer']): Promise<void> {
    await this.handle.signal(callback, { authorizationId, answer });
  }

  comeBackWithCode(authorizationId: AuthorizationId, sealedCode = 'sealed-code'): Promise<void> {
    return this.comeBackWith(authorizationId, { kind: 'code', sealedCode });
  }

  comeBackWithError(authorizationId: AuthorizationId, error: string): Promise<void> {
    return this.comeBackWith(authorizationId, { kind: 'error', error });
  }

  /** To the bank, and back with a code. */
  async authorize(invitationId?: InvitationId): Promise<AuthorizationId> {
    const authorizationId = await this.goToBank(invitationId);
    await this.comeBackWithCode(authorizationId);
    return authorizationId;
  }

  async state(): Promise<ConsentState> {
    for (const giveUpAt = Date.now() + PATIENCE_MS; ;) {
      try {
        return await this.handle.query(currentState);
      } catch (error) {
        if (!isUnanswered(error) || Date.now() > giveUpAt) throw error;
      }
    }
  }

  /** Waits until the consent is in a state. */
  async reaches(status: ConsentStatus, more: Partial<ConsentState> = {}): Promise<ConsentState> {
    const isThere = (state: ConsentState) =>
      state.status === status &&
      Object.entries(more).every(([name, value]) => state[name as keyof ConsentState] === value);
    let state = await this.state();
    for (const giveUpAt = Date.now() + PATIENCE_MS; !isThere(state); state = await this.state()) {
      if (Date.now() > giveUpAt) throw new Error(`not ${status}, still ${JSON.stringify(state)}`);
      await delay(LOOK_EVERY_MS);
    }
    return state;
  }

  /** Every timer the workflow ever started. */
  async timersInMilliseconds(): Promise<readonly number[]> {
    const { events } = await this.handle.fetchHistory();
    return (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
      timer?.startToFireTimeout ? [optionalTsToMs(timer.startToFireTimeout) ?? 0] : [],
    );
  }

  async eventTypes(): Promise<readonly string[]> {
    const { events } = await this.handle.fetchHistory();
    return (events ?? []).map(eventTypeOf);
  }

  /** The run that goes on now, and the types of the events of every run so far, oldest first. */
  async runs(): Promise<{ readonly runId: string; readonly events: readonly (readonly string[])[] }> {
    const { client, workflowId, firstExecutionRunId } = this.handle;
    const runs: (readonly string[])[] = [];
    for (let runId = firstExecutionRunId; ;) {
      const { events } = await client.getHandle(workflowId, runId).fetchHistory();
      runs.push((events ?? []).map(eventTypeOf));
      const next = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      if (!next) return { runId, events: runs };
      runId = next;
    }
  }

  /** What the Temporal UI lists and finds it by. */
  async searchAttributes(): Promise<Record<string, unknown>> {
    const { typedSearchAttributes } = await this.handle.describe();
    return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  }

  /** The Markdown that the Temporal UI shows for it. */
  async card(): Promise<string> {
    const metadata = await this.handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    return metadata.currentDetails;
  }

  /** Lets the server skip whatever time lies before the end of the workflow. Only for a consent in which nothing else goes on. */
  liveToTheEnd(): Promise<ConsentResult> {
    return this.clock.passing(() => this.handle.result() as Promise<ConsentResult>);
  }

  /** Waits until the consent has ended in a state without any time being skipped, then lives on until nothing is left to do. */
  async endsAs(status: ConsentStatus, more: Partial<ConsentState> = {}): Promise<void> {
    await this.reaches(status, more);
    expect(await this.liveToTheEnd()).toEqual({ consentId: this.input.consentId, status });
  }

  async terminate(): Promise<void> {
    // The test server would never skip time again if it lost a workflow in the middle of a step.
    await eventually(() => this.isBetweenSteps());
    await this.handle.terminate('the test is over').catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  /** Whether the workflow sleeps and no step runs or is about to. One that waits for its next try does neither. */
  async isBetweenSteps(): Promise<boolean> {
    const { raw, status } = await this.handle.describe();
    if (status.name !== 'RUNNING') return true;
    const isStepUnderWay = (raw.pendingActivities ?? []).some(isUnderWay);
    const last = (await this.eventTypes()).at(-1) ?? '';
    return !isStepUnderWay && !/WORKFLOW_TASK_(SCHEDULED|STARTED)$/.test(last);
  }
}

/** Waits until something outside the workflow has happened. */
export async function eventually(happened: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; !(await happened());) {
    if (Date.now() > giveUpAt) throw new Error('it did not happen');
    await delay(LOOK_EVERY_MS);
  }
}

/** A promise that a test settles when it wants a step to go on. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

/** gRPC */
const DEADLINE_EXCEEDED = 4;

/** No worker came to a question in time: on a busy machine, or in the moment in which a run hands over. Asking has no effect. */
function isUnanswered(error: unknown): boolean {
  return (
    error instanceof ServiceError &&
    isGrpcServiceError(error.cause) &&
    (error.cause.code as number) === DEADLINE_EXCEEDED
  );
}

/** The test server calls a step started that failed and waits for its next try: what tells is when the last try ended. */
function isUnderWay({
  state,
  attempt,
  lastStartedTime,
  lastAttemptCompleteTime,
}: temporal.api.workflow.v1.IPendingActivityInfo): boolean {
  const hasEnded =
    lastStartedTime && lastAttemptCompleteTime && tsToMs(lastAttemptCompleteTime) >= tsToMs(lastStartedTime);
  return hasEnded !== true && (state === PENDING_ACTIVITY_STARTED || (attempt ?? 1) === 1);
}

/** The name of an event of a history, `EVENT_TYPE_…`. */
function eventTypeOf({ eventType }: temporal.api.history.v1.IHistoryEvent): string {
  return temporal.api.enums.v1.EventType[eventType ?? 0] ?? 'unknown';
}
