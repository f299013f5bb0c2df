import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { ConsentState, ConsentStatus } from '../../../src/domain/consent';
import type { AuthorizationId } from '../../../src/domain/ids';
import {
  callback,
  currentState,
  launch,
  type CallbackAnswer,
  type ConsentInput,
  type ConsentResult,
  type LaunchOutcome,
} from '../../../src/workflows/contract';

/** The real time a test waits for the workflow to get somewhere. What the server skips does not count. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** One consent as the API and the person see it. */
export class ConsentUnderTest {
  constructor(
    readonly input: ConsentInput,
    readonly handle: WorkflowHandleWithFirstExecutionRunId,
  ) {}

  /** The person agrees and presses Continue. */
  launch(): Promise<LaunchOutcome> {
    return this.handle.executeUpdate(launch, {
      args: [{ browserHash: 'ab'.repeat(32), agreedAt: 1_764_000_000_000, disclosureDigest: 'digest' }],
    });
  }

  /** The person is sent to the bank. @returns which trip this is */
  async goToBank(): Promise<AuthorizationId> {
    const outcome = await this.launch();
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
  async authorize(): Promise<AuthorizationId> {
    const authorizationId = await this.goToBank();
    await this.comeBackWithCode(authorizationId);
    return authorizationId;
  }

  state(): Promise<ConsentState> {
    return this.handle.query(currentState);
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
    return (events ?? []).map(({ eventType }) => temporal.api.enums.v1.EventType[eventType ?? 0] ?? 'unknown');
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
    return this.handle.result() as Promise<ConsentResult>;
  }

  /** Waits until the consent has ended in a state without any time being skipped. */
  async endsAs(status: ConsentStatus, more: Partial<ConsentState> = {}): Promise<void> {
    await this.reaches(status, more);
    expect(await this.liveToTheEnd()).toEqual({ consentId: this.input.consentId, status });
  }

  async terminate(): Promise<void> {
    await this.handle.terminate('the test is over').catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }
}

/** Waits until something outside the workflow has happened. */
export async function eventually(happened: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; !happened();) {
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
