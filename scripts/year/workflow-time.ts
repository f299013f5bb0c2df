import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';

const { FastForwardPollingResult } = temporal.api.enums.v1;

/** A leg is a few dozen timers; a worker that needs longer for them has died. */
const LEG_WITHIN_MS = 90_000;
/** Longer than the server holds one poll. */
const POLL_WITHIN_MS = 70_000;

/**
 * The time of one workflow at the dev server, which skips it where it is asked to: whenever the workflow waits and nothing of it is in
 * flight, its clock is put to the next timer. While an activity runs nothing is skipped; the pause before an activity is tried again
 * is. Other workflows and schedules keep the server's time. The TypeScript client has no methods for this yet.
 */
export class WorkflowTime {
  constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    private readonly workflowId: string,
  ) {}

  /** What the workflow takes for the time, in epoch milliseconds. */
  async now(): Promise<number> {
    const { currentTime } = (await this.#describe()).workflowExtendedInfo?.timeSkippingInfo ?? {};
    return currentTime ? tsToMs(currentTime) : Date.now();
  }

  /**
   * Lets time pass until an instant, each timer on the way firing in its turn. From there on the workflow's clock goes as ever.
   *
   * @returns `ended` when the workflow came to its end before
   */
  async passUntil(instant: number): Promise<'there' | 'ended'> {
    const milliseconds = instant - (await this.now());
    if (milliseconds <= 0) return 'there';
    const id = randomUUID();
    await this.connection.workflowService.updateWorkflowExecutionOptions({
      ...this.#execution,
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(milliseconds) } },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
    return this.#arrival(id);
  }

  async #arrival(fastForwardId: string): Promise<'there' | 'ended'> {
    const giveUpAt = Date.now() + LEG_WITHIN_MS;
    while (Date.now() < giveUpAt) {
      const { fastForwardPollingResult: result, failedReason } = await this.connection.withDeadline(
        Date.now() + POLL_WITHIN_MS,
        () => this.connection.workflowService.pollWorkflowExecutionTimeSkipping({ ...this.#execution, fastForwardId }),
      );
      if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return 'there';
      if (result !== FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) continue;
      if (await this.#hasEnded()) return 'ended';
      throw new Error(`the time of ${this.workflowId} cannot be skipped: ${failedReason}`);
    }
    throw new Error(`the time of ${this.workflowId} did not pass within ${LEG_WITHIN_MS / 1000} s`);
  }

  async #hasEnded(): Promise<boolean> {
    const { status } = (await this.#describe()).workflowExecutionInfo ?? {};
    return status !== temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  #describe() {
    return this.connection.workflowService.describeWorkflowExecution({
      namespace: this.namespace,
      execution: { workflowId: this.workflowId },
    });
  }

  get #execution() {
    return { namespace: this.namespace, workflowExecution: { workflowId: this.workflowId } };
  }
}
