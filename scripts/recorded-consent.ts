import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { AuthorizationActivities } from '../src/activities/authorization';
import type { LifecycleActivities } from '../src/activities/lifecycle';
import { hasEnded, receiptIdOf, type ConsentState, type ConsentStatus } from '../src/domain/consent';
import type { GrantedConsent } from '../src/domain/grant';
import type { AuthorizationId, InvitationId } from '../src/domain/ids';
import {
  callback,
  cancelInvitation,
  currentState,
  invite,
  launch,
  type CallbackAnswer,
  type ConsentInput,
  type OpenInvitation,
} from '../src/workflows/contract';

export type Activities = AuthorizationActivities & LifecycleActivities;

export const DAY_MS = 24 * 60 * 60 * 1000;

export const TERMS: ConsentInput['terms'] = {
  durationType: 'TIME_BOUND',
  durationPeriod: 60,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
};

/** The person ticked one cluster off. */
export const GRANTED: GrantedConsent = {
  source: 'consent_api',
  bankConsentId: 'bank-consent',
  durationType: 'TIME_BOUND',
  durationPeriod: 60,
  resources: [{ resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['ACCOUNT_DETAILED'] }],
};

/** Everything outside a consent, behaving well: which grants have tokens is remembered, as the database does. */
export interface RecordedWorld {
  readonly now: () => Promise<number>;
  readonly grants: Set<AuthorizationId>;
  readonly activities: Activities;
}

export function createRecordedWorld(now: () => Promise<number>): RecordedWorld {
  const grants = new Set<AuthorizationId>();
  const succeed = () => Promise.resolve();
  const activities: Activities = {
    prepareAuthorization: succeed,
    pushAuthorizationRequest: async ({ authorizationId }) => ({
      authorizationUrl: `https://bank.example/authorize?client_id=us&request_uri=urn:example:${authorizationId}`,
      expiresAt: (await now()) + 60_000,
    }),
    exchangeCode: ({ authorizationId }) => Promise.resolve(void grants.add(authorizationId)),
    readGrant: async () => ({ granted: GRANTED, grantedAt: await now() }),
    proveDataAccess: () => Promise.resolve({ outcome: 'proven', accounts: 1 }),
    recordReceipt: ({ state }) => Promise.resolve(receiptIdOf(state)),
    recordLostAuthorization: ({ authorizationId, state }) =>
      Promise.resolve({
        grantsToEnd: [...grants].filter((each) => hasEnded(state.status) || each === authorizationId),
      }),
    recordState: succeed,
    giveNotice: succeed,
    concludeConsent: () => Promise.resolve({ grantsToEnd: [...grants] }),
    endGrantAtBank: ({ authorizationId }) => Promise.resolve(void grants.delete(authorizationId)),
    openOperatorTask: succeed,
    reviewGrant: () => Promise.resolve({ verdict: 'as_recorded' }),
    recordGrantChange: succeed,
    purgeConsent: () => Promise.resolve({ certificateId: 'del_recorded' }),
  };
  return { now, grants, activities };
}

/** One consent whose history is recorded, as the API and the person see it. */
export class RecordedConsent {
  private invitations = 0;

  constructor(
    private readonly env: TestWorkflowEnvironment,
    readonly handle: WorkflowHandleWithFirstExecutionRunId,
    readonly input: ConsentInput,
  ) {}

  /** @returns the trip, or why there is none */
  async launch(invitationId?: InvitationId): Promise<AuthorizationId> {
    const request = { browserHash: '00', agreedAt: 0, disclosureDigest: 'digest' };
    const outcome = await this.handle.executeUpdate(launch, {
      args: [{ ...request, ...(invitationId && { invitationId }) }],
    });
    const trip = outcome.kind === 'redirect' ? outcome.authorizationUrl.replace(/^.*urn:example:/, '') : outcome.kind;
    return trip as AuthorizationId;
  }

  answer(authorizationId: AuthorizationId, answer?: CallbackAnswer['answer']): Promise<void> {
    return this.handle.signal(callback, { authorizationId, answer: answer ?? { kind: 'code', sealedCode: 'sealed' } });
  }

  /** To the bank, back with a code, and active by that. */
  async authorize(invitationId?: InvitationId): Promise<AuthorizationId> {
    const trip = await this.launch(invitationId);
    await this.answer(trip);
    await this.reaches('active', { stage: 'none' });
    return trip;
  }

  async invite(wish: Partial<OpenInvitation> = {}): Promise<InvitationId> {
    this.invitations += 1;
    const invitationId = `inv_${this.invitations}` as InvitationId;
    const authorizeBy = (await this.env.currentTimeMs()) + 3 * DAY_MS;
    const invitation = { invitationId, reason: 'renew', terms: this.input.terms, authorizeBy, ...wish } as const;
    await this.handle.executeUpdate(invite, { args: [invitation] });
    return invitationId;
  }

  async cancel(invitationId: InvitationId): Promise<void> {
    await this.handle.executeUpdate(cancelInvitation, { args: [invitationId] });
  }

  tell<Args extends unknown[]>(signal: SignalDefinition<Args>, ...args: Args): Promise<void> {
    return this.handle.signal(signal, ...args);
  }

  async sleep(days: number): Promise<void> {
    await this.env.sleep(days * DAY_MS);
  }

  async liveToTheEnd(): Promise<void> {
    await this.handle.result();
  }

  async reaches(status: ConsentStatus, more: Partial<ConsentState> = {}): Promise<void> {
    const wanted = Object.entries({ status, ...more });
    for (;;) {
      const state = await this.handle.query(currentState);
      if (wanted.every(([name, value]) => state[name as keyof ConsentState] === value)) return;
      await delay(50);
    }
  }

  /** Of all runs, the first or the last one's. */
  async historyOfRun(which: 'first' | 'last'): Promise<temporal.api.history.v1.IHistory> {
    if (which === 'last') return this.handle.fetchHistory();
    const { workflowId, firstExecutionRunId } = this.handle;
    return this.env.client.workflow.getHandle(workflowId, firstExecutionRunId).fetchHistory();
  }
}
