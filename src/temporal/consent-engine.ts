import { setTimeout as delay } from 'node:timers/promises';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { ConsentFailure } from '../domain/failures';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { Revocation } from '../domain/ending';
import { consentWorkflowId, type ConsentId, type InvitationId } from '../domain/ids';
import {
  bankReported,
  callback,
  cancelInvitation,
  CONSENT_WORKFLOW,
  invite,
  launch,
  remind,
  retryEnding,
  revoke,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  usedUp,
  type BankReport,
  type CallbackAnswer,
  type ConsentInput,
  type InvitationAnswer,
  type LaunchOutcome,
  type LaunchRequest,
  type OpenInvitation,
} from '../workflows/contract';
import { withinDeadline } from './within-deadline';

/** What the workflow answers, or that it has ended between the page and the button. */
export type LaunchAnswer = LaunchOutcome | { readonly kind: 'overtaken' };

/** The workflows, as the API speaks to them. Every call has a deadline: somebody waits behind it. */
export interface ConsentEngine {
  /** Starts the consent's workflow unless it runs already. One that came to its end stays ended, unless it is to be revived. */
  start(input: ConsentInput, applicationName: string, options?: { readonly revive: boolean }): Promise<void>;
  /** Asks for the bank's address. Starts the workflow first when a crash left the consent without one. */
  launch(input: ConsentInput, applicationName: string, request: LaunchRequest): Promise<LaunchAnswer>;
  /** Hands the bank's answer over. Once this returns, the answer is durable. */
  deliver(consentId: ConsentId, answer: CallbackAnswer): Promise<void>;
  /** Opens a link for the person of an active consent, or tells of the one that is open. */
  invite(consentId: ConsentId, invitation: OpenInvitation): Promise<InvitationAnswer>;
  /** Takes a link back. `busy` while an answer of the bank to it is being worked on. */
  cancelInvitation(consentId: ConsentId, invitationId: InvitationId): Promise<'closed' | 'busy'>;
  /** These tell a workflow something. @returns false when there is none that could hear it */
  revoke(consentId: ConsentId, revocation: Revocation): Promise<boolean>;
  reportBank(consentId: ConsentId, report: BankReport): Promise<boolean>;
  reportUsedUp(consentId: ConsentId): Promise<boolean>;
  remind(consentId: ConsentId): Promise<boolean>;
  retryEnding(consentId: ConsentId): Promise<boolean>;
  /** @throws {ConsentFailure} engine_unavailable */
  ping(): Promise<void>;
}

const START_DEADLINE_MS = 8_000;
/** A launch includes a pushed request, which has 15 seconds with its retries; a person does not wait much longer. */
const LAUNCH_DEADLINE_MS = 20_000;
/** Behind an exchange that takes its time. */
const INVITE_DEADLINE_MS = 20_000;
const SIGNAL_DEADLINE_MS = 8_000;
const PING_DEADLINE_MS = 2_000;
/** A hand-over takes a task or two. */
const TURNED_DOWN_PAUSE_MS = 100;

export function createConsentEngine(client: Client): ConsentEngine {
  const consents = reach(client);
  return {
    start: (input, applicationName, options) => startWorkflow(client, consents, input, applicationName, options),
    async launch(input, applicationName, request) {
      const launchOnce = () => consents.update(input.consentId, LAUNCH_DEADLINE_MS, launch, request);
      const outcome = await launchOnce();
      if (outcome !== 'no_workflow') return outcome;
      await startWorkflow(client, consents, input, applicationName);
      const again = await launchOnce();
      // It was not missing, it has ended between the page and the button.
      return again === 'no_workflow' ? { kind: 'overtaken' } : again;
    },
    async deliver(consentId, answer) {
      // When the workflow has ended meanwhile its state says how.
      await consents.tell(consentId, callback, answer);
    },
    async invite(consentId, invitation) {
      const answer = await consents.update(consentId, INVITE_DEADLINE_MS, invite, invitation);
      // The row says that it lives: housekeeping starts its workflow again.
      if (answer === 'no_workflow') throw new ConsentFailure('engine_unavailable');
      return answer;
    },
    async cancelInvitation(consentId, invitationId) {
      const answer = await consents.update(consentId, INVITE_DEADLINE_MS, cancelInvitation, invitationId);
      return answer === 'no_workflow' ? 'closed' : answer;
    },
    revoke: (consentId, revocation) => consents.tell(consentId, revoke, revocation),
    reportBank: (consentId, report) => consents.tell(consentId, bankReported, report),
    reportUsedUp: (consentId) => consents.tell(consentId, usedUp),
    remind: (consentId) => consents.tell(consentId, remind),
    retryEnding: (consentId) => consents.tell(consentId, retryEnding),
    async ping() {
      await consents.within(PING_DEADLINE_MS, () => client.connection.workflowService.getSystemInfo({}));
    },
  };
}

type Reach = ReturnType<typeof reach>;

/** Messages to workflows, each with a deadline: somebody waits behind it. */
function reach(client: Client) {
  const within = <Result>(deadlineMs: number, call: () => Promise<Result>) => withinDeadline(client, deadlineMs, call);

  const handleOf = (consentId: ConsentId) => client.workflow.getHandle(consentWorkflowId(consentId));

  return {
    within,
    /** @returns false when there is no workflow that could hear it */
    async tell<Args extends [unknown?]>(
      consentId: ConsentId,
      signal: SignalDefinition<Args>,
      ...args: Args
    ): Promise<boolean> {
      try {
        await within(SIGNAL_DEADLINE_MS, () => handleOf(consentId).signal(signal, ...args));
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async update<Answer, Request>(
      consentId: ConsentId,
      deadlineMs: number,
      definition: UpdateDefinition<Answer, [Request]>,
      request: Request,
    ): Promise<Answer | 'no_workflow'> {
      const giveUpAt = Date.now() + deadlineMs;
      for (;;) {
        const left = giveUpAt - Date.now();
        try {
          return await within(left, () => askWorkflow(handleOf(consentId), definition, request));
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'no_workflow';
          // Turned down unheard, by a run that hands over to the next at this moment: the next one answers.
          if (!(error instanceof TurnedDown)) throw error;
          if (giveUpAt - Date.now() < TURNED_DOWN_PAUSE_MS) throw new ConsentFailure('engine_unavailable');
          await delay(TURNED_DOWN_PAUSE_MS);
        }
      }
    },
  };
}

/** An update that no handler has seen. Ours never fail, so that is what a failed one means. */
class TurnedDown extends Error {}

async function askWorkflow<Answer, Request>(
  handle: WorkflowHandle,
  definition: UpdateDefinition<Answer, [Request]>,
  request: Request,
): Promise<Answer> {
  try {
    return await handle.executeUpdate(definition, { args: [request] });
  } catch (error) {
    throw error instanceof WorkflowUpdateFailedError ? new TurnedDown() : error;
  }
}

async function startWorkflow(
  client: Client,
  { within }: Reach,
  input: ConsentInput,
  applicationName: string,
  { revive } = { revive: false },
): Promise<void> {
  await within(START_DEADLINE_MS, () =>
    client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: consentWorkflowId(input.consentId),
      taskQueue: TASK_QUEUE,
      args: [input],
      // One that came to its end must not live twice; one that was killed goes on from its row.
      workflowIdReusePolicy: revive ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `${applicationName} asks ${input.institutionName}`,
      staticDetails: `Consent \`${input.consentId}\` for **${applicationName}** at **${input.institutionName}**.`,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.status, value: input.life?.state.status ?? 'requested' },
        { key: SEARCH_ATTRIBUTES.nextAction, value: input.life?.state.nextAction ?? 'launch' },
        { key: SEARCH_ATTRIBUTES.institutionId, value: input.institutionId },
        { key: SEARCH_ATTRIBUTES.applicationId, value: input.applicationId },
      ],
    }),
  ).catch((error: unknown) => {
    // The consent had its workflow and it has ended: it must not live twice.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
}
