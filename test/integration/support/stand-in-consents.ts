import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { ConsentState } from '../../../src/domain/consent';
import { consentWorkflowId, type ApplicationId, type ConsentId, type InstitutionId } from '../../../src/domain/ids';
import { newInvitationId } from '../../../src/invitations/open-invitation';
import { insertConsent } from '../../../src/store/consents';
import { openDatabase, type Database } from '../../../src/store/database';
import { saveInstitution } from '../../../src/store/institutions';
import { parseKeyRing } from '../../../src/store/key-ring';
import { vaultWith } from '../../unit/support/vault';
import { createTemporalClient, dataConverterFor } from '../../../src/temporal/connection';
import { CONSENT_WORKFLOW, SEARCH_ATTRIBUTES } from '../../../src/workflows/contract';
import { bankWith } from '../../unit/support/profile';
import { bundleOf } from '../../workflow/support/bundle';
import { heard } from './stand-in-consent';

const EXPIRES_AT = Date.UTC(2031, 0, 1);

/**
 * Consents with a row of their own and a stand-in for their workflow, in the shared stack: the product's commands and its API reach
 * them as any other. They live at institutions of this test alone, on a task queue that no worker of the stack knows.
 */
export class StandInConsents {
  readonly #started: ConsentId[] = [];
  readonly #institutions: InstitutionId[] = [];

  private constructor(
    readonly stack: StackDescription,
    readonly database: Database,
    readonly client: Client,
    private readonly taskQueue: string,
    private readonly stopWorker: () => Promise<void>,
  ) {}

  static async begin(stack: StackDescription): Promise<StandInConsents> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
      shutdownSignals: [],
    });
    const payloadKeys = parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? '');
    const taskQueue = `stand-in-${randomUUID()}`;
    const connection = await NativeConnection.connect({ address: stack.temporalAddress });
    const worker = await Worker.create({
      connection,
      namespace: stack.temporalNamespace,
      taskQueue,
      workflowBundle: await bundleOf(path.join(__dirname, 'stand-in-consent.ts')),
      dataConverter: dataConverterFor(payloadKeys),
    });
    const running = worker.run();
    const client = createTemporalClient({
      TEMPORAL_ADDRESS: stack.temporalAddress,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      TEMPORAL_API_KEY: undefined,
      TEMPORAL_TLS: false,
      PAYLOAD_KEYS: payloadKeys,
    });
    const database = openDatabase({ url: stack.databaseUrl, maxConnections: 4, onConnectionLost: () => undefined });
    return new StandInConsents(stack, database, client, taskQueue, async () => {
      worker.shutdown();
      await running;
      await connection.close();
    });
  }

  /** An institution of this test alone. */
  async institution(): Promise<InstitutionId> {
    const profile = bankWith({ id: `stand-in-${randomUUID().slice(0, 8)}` });
    await saveInstitution(this.database, profile);
    // Nobody is there to be looked at.
    const check_due_at = new Date(EXPIRES_AT);
    await this.database.updateTable('institutions').set({ check_due_at }).where('id', '=', profile.id).execute();
    this.#institutions.push(profile.id);
    return profile.id;
  }

  /** A consent in that state; active, for a year, and known to Temporal, unless the changes say otherwise. */
  async consent(
    institutionId: InstitutionId,
    changes: Partial<ConsentState> = {},
    { hasWorkflow = true }: { hasWorkflow?: boolean } = {},
  ): Promise<ConsentId> {
    const state: ConsentState = {
      ...{ status: 'active', nextAction: 'none', stage: 'none', expiresAt: EXPIRES_AT },
      ...changes,
    };
    const id = `cns_${randomUUID().replaceAll('-', '')}` as ConsentId;
    const terms = { durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90, resources: [] } as const;
    const vault = vaultWith(this.stack.productEnvironment['VAULT_KEYS']);
    const { dataKey, wrapped } = await vault.createDataKey(id);
    const invitationId = newInvitationId();
    // Sealed as the product would: others list the consents of this application.
    const [personSealed, launchSealed] = await Promise.all([
      dataKey.seal('person', id, `stand-in-${id}`),
      dataKey.seal('launch-token', invitationId, randomBytes(32).toString('base64url')),
    ]);
    await insertConsent(this.database, {
      ...{ id, institutionId, terms, state, dataKeyWrapped: wrapped, metadata: {}, purpose: 'a test' },
      ...{ applicationId: this.stack.applicationId as ApplicationId, personSealed, personPseudonym: '-' },
      invitation: {
        ...{ id: invitationId, consentId: id, reason: 'connect', terms, authorizeBy: new Date(EXPIRES_AT) },
        ...{ launchHash: randomBytes(32), launchSealed },
      },
    });
    // Whatever looks after consents now and then leaves these alone.
    const far = { workflow_started_at: new Date(), bank_check_due_at: new Date(EXPIRES_AT) };
    await this.database.updateTable('consents').set(far).where('id', '=', id).execute();
    if (hasWorkflow) await this.#start(id, institutionId, state);
    return id;
  }

  /** What its workflow was told. */
  heard(id: ConsentId): Promise<string[]> {
    return this.client.workflow.getHandle(consentWorkflowId(id)).query(heard);
  }

  async stop(): Promise<void> {
    for (const id of this.#started) {
      const handle = this.client.workflow.getHandle(consentWorkflowId(id));
      await handle.terminate('the test is over').catch(() => undefined);
    }
    for (const id of this.#institutions) {
      const rest = { status: 'expired', next_action: 'none', bank_ending: null } as const;
      await this.database.updateTable('consents').set(rest).where('institution_id', '=', id).execute();
      await this.database.updateTable('institutions').set({ withdrawn_at: new Date() }).where('id', '=', id).execute();
    }
    await this.stopWorker();
    await this.client.connection.close();
    await this.database.destroy();
  }

  async #start(id: ConsentId, institutionId: InstitutionId, state: ConsentState): Promise<void> {
    await this.client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: consentWorkflowId(id),
      taskQueue: this.taskQueue,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.status, value: state.status },
        { key: SEARCH_ATTRIBUTES.nextAction, value: state.nextAction },
        { key: SEARCH_ATTRIBUTES.institutionId, value: institutionId },
        { key: SEARCH_ATTRIBUTES.applicationId, value: this.stack.applicationId },
        { key: SEARCH_ATTRIBUTES.expiresAt, value: new Date(state.expiresAt ?? EXPIRES_AT) },
      ],
    });
    this.#started.push(id);
  }
}
