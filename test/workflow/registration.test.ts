import { randomUUID } from 'node:crypto';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import { registrationWorkflowId, type InstitutionId } from '../../src/domain/ids';
import { TASK_QUEUE } from '../../src/workflows/contract';
import {
  REGISTRATION_WORKFLOW,
  registrationSteps,
  type RegistrationOperation,
  type RegistrationResult,
} from '../../src/workflows/registration-contract';
import { gate } from './support/consent-under-test';
import { JUDGED, REGISTRATION_TERMS } from './support/registration-fakes';
import { useStage } from './support/stage';

const stage = useStage();

const REGISTER: RegistrationOperation = { kind: 'register', terms: REGISTRATION_TERMS };
const DELETE: RegistrationOperation = { kind: 'delete', force: false };
const FORCE: RegistrationOperation = { kind: 'delete', force: true };

function start(operation: RegistrationOperation) {
  const institutionId = `bank-${randomUUID()}` as InstitutionId;
  return stage.env.client.workflow.start(REGISTRATION_WORKFLOW, {
    workflowId: registrationWorkflowId(institutionId),
    taskQueue: TASK_QUEUE,
    args: [{ version: 1, institutionId, operation }],
  });
}

async function run(operation: RegistrationOperation): Promise<RegistrationResult> {
  return (await (await start(operation)).result()) as RegistrationResult;
}

const failing = (code: FailureCode, detail?: string): Promise<never> =>
  Promise.reject(new ConsentFailure(code, detail));

describe('a registration', () => {
  it('reads the metadata, registers, judges the answer and offers the institution', async () => {
    const result = await run({ ...REGISTER, sealedInitialAccessToken: 'sealed' });
    expect(result).toMatchObject({ outcome: 'registered', clientId: 'client-1', possibleOrphans: 0, differences: [] });
    expect(result.steps.map(({ text }) => text)).toEqual([
      'metadata read: the bank can do what the profile needs',
      'registered as client-1',
      'the institution can be used',
    ]);
    expect(stage.registration.registerClient).toHaveBeenCalledWith({
      institutionId: result.institutionId,
      sealedInitialAccessToken: 'sealed',
    });
    expect(stage.registration.recordRegistrationFailure).not.toHaveBeenCalled();
  });

  it('tells what has happened while it goes on', async () => {
    const answered = gate();
    stage.registration.registerClient.mockReturnValue(answered.opened);
    const handle = await start(REGISTER);
    const told = async (): Promise<number> => (await handle.query(registrationSteps)).length;
    while ((await told()) === 0);
    answered.open();
    await handle.result();
    expect(await told()).toBe(3);
  });

  it('whose answer is lost is written down as a possible orphan before it is tried again', async () => {
    stage.registration.registerClient.mockImplementationOnce(() => {
      expect(stage.registration.recordPossibleOrphan).not.toHaveBeenCalled();
      return failing('registration_unknown');
    });
    stage.registration.judgeRegistration.mockResolvedValue({ ...JUDGED, possibleOrphans: 1 });
    expect(await run(REGISTER)).toMatchObject({ outcome: 'registered', possibleOrphans: 1 });
    expect(stage.registration.registerClient).toHaveBeenCalledTimes(2);
    expect(stage.registration.recordPossibleOrphan).toHaveBeenCalledTimes(1);
  });

  it('whose answer is lost three times is left to the operator', async () => {
    stage.registration.registerClient.mockImplementation(() => failing('registration_unknown', 'ECONNRESET.'));
    const result = await run(REGISTER);
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { code: 'registration_unknown', detail: 'ECONNRESET.' },
    });
    expect(stage.registration.registerClient).toHaveBeenCalledTimes(3);
    expect(stage.registration.offerInstitution).not.toHaveBeenCalled();
    expect(stage.registration.recordRegistrationFailure).toHaveBeenCalledWith({
      institutionId: result.institutionId,
      failure: 'registration_unknown',
      detail: 'ECONNRESET.',
    });
  });

  it('waits for a bank that was certainly not reached, without counting a client', async () => {
    const isAway = await stage.outage(10 * 60_000);
    stage.registration.registerClient.mockImplementation(async () => {
      if (await isAway()) throw new ConsentFailure('as_unreachable');
    });
    expect(await run(REGISTER)).toMatchObject({ outcome: 'registered', possibleOrphans: 0 });
    expect(stage.registration.recordPossibleOrphan).not.toHaveBeenCalled();
  });

  it('at a bank that is away for more than half an hour fails and says so', async () => {
    stage.registration.discoverRegistration.mockImplementation(() => failing('as_unreachable'));
    expect(await run(REGISTER)).toMatchObject({ outcome: 'failed', failure: { code: 'as_unreachable' } });
    expect(stage.registration.registerClient).not.toHaveBeenCalled();
  });

  it.each(['registration_refused', 'as_metadata_unusable', 'as_response_invalid'] as const)(
    'that ends with %s is not tried again',
    async (code) => {
      stage.registration.registerClient.mockImplementation(() => failing(code));
      expect(await run(REGISTER)).toMatchObject({ outcome: 'failed', failure: { code } });
      expect(stage.registration.registerClient).toHaveBeenCalledTimes(1);
    },
  );

  it('whose answer cannot be read counts as a client that may be left at the bank', async () => {
    stage.registration.judgeRegistration.mockImplementation(() => failing('as_response_invalid'));
    expect(await run(REGISTER)).toMatchObject({ outcome: 'failed', possibleOrphans: 1 });
  });

  it('that has not begun leaves what stands in the books alone', async () => {
    stage.registration.beginRegistration.mockImplementation(() => failing('registration_exists'));
    expect(await run(REGISTER)).toMatchObject({ outcome: 'failed', failure: { code: 'registration_exists' } });
    expect(stage.registration.discoverRegistration).not.toHaveBeenCalled();
    expect(stage.registration.recordRegistrationFailure).not.toHaveBeenCalled();
  });

  it('waits for our own database as long as it takes', async () => {
    const isAway = await stage.outage(5 * 60 * 60_000);
    stage.registration.offerInstitution.mockImplementation(async () => {
      if (await isAway()) throw new ConsentFailure('store_unavailable');
    });
    expect(await run(REGISTER)).toMatchObject({ outcome: 'registered' });
    expect(stage.registration.registerClient).toHaveBeenCalledTimes(1);
  });
});

describe('a registration on weaker terms than asked', () => {
  const weaknesses = ['token_endpoint_auth_method: asked private_key_jwt, registered client_secret_basic'];

  it('is refused, and the client deleted at the bank again', async () => {
    stage.registration.judgeRegistration.mockResolvedValue({ ...JUDGED, weaknesses });
    expect(await run(REGISTER)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'registration_weakened', detail: weaknesses[0] },
    });
    expect(stage.registration.deleteClient).toHaveBeenCalledTimes(1);
    expect(stage.registration.concludeDeletion).toHaveBeenCalledTimes(1);
    expect(stage.registration.offerInstitution).not.toHaveBeenCalled();
  });

  it('that cannot be deleted keeps its token, so that an operator can', async () => {
    stage.registration.judgeRegistration.mockResolvedValue({ ...JUDGED, weaknesses });
    stage.registration.deleteClient.mockImplementation(() => failing('registration_refused'));
    const { failure, steps } = await run(REGISTER);
    expect(failure?.code).toBe('registration_weakened');
    expect(steps.at(-1)?.text).toContain('could not be deleted at the bank (registration_refused)');
    expect(stage.registration.concludeDeletion).not.toHaveBeenCalled();
  });

  it('at a bank without management says that the client stays there', async () => {
    stage.registration.judgeRegistration.mockResolvedValue({ ...JUDGED, isManaged: false, weaknesses });
    const { steps } = await run(REGISTER);
    expect(steps.at(-1)?.text).toContain('client-1');
    expect(stage.registration.deleteClient).not.toHaveBeenCalled();
  });
});

describe('an update', () => {
  it('replaces the metadata, judges the answer and uses it', async () => {
    stage.registration.judgeRegistration.mockResolvedValue({
      ...JUDGED,
      differences: ['scope: asked a, registered b'],
    });
    expect(await run({ kind: 'update', terms: REGISTRATION_TERMS })).toMatchObject({
      outcome: 'updated',
      differences: ['scope: asked a, registered b'],
    });
    expect(stage.registration.beginUpdate).toHaveBeenCalledWith(expect.objectContaining({ terms: REGISTRATION_TERMS }));
    expect(stage.registration.offerInstitution).toHaveBeenCalledTimes(1);
  });

  it('that the bank weakens is not used, and the client is kept: consents live by it', async () => {
    stage.registration.judgeRegistration.mockResolvedValue({ ...JUDGED, weaknesses: ['something'] });
    expect(await run({ kind: 'update' })).toMatchObject({
      outcome: 'failed',
      failure: { code: 'registration_weakened' },
    });
    expect(stage.registration.deleteClient).not.toHaveBeenCalled();
    expect(stage.registration.offerInstitution).not.toHaveBeenCalled();
  });

  it.each(['registration_token_rejected', 'registration_unmanaged', 'registration_refused'] as const)(
    'that ends with %s is written down',
    async (code) => {
      stage.registration.updateClient.mockImplementation(() => failing(code));
      expect(await run({ kind: 'update' })).toMatchObject({ outcome: 'failed', failure: { code } });
      expect(stage.registration.recordRegistrationFailure).toHaveBeenCalledWith(
        expect.objectContaining({ failure: code }),
      );
    },
  );
});

describe('a deletion', () => {
  it('ends the client at the bank, and then destroys the token', async () => {
    expect(await run(DELETE)).toMatchObject({ outcome: 'deleted' });
    expect(stage.registration.concludeDeletion).toHaveBeenCalledTimes(1);
  });

  it('is refused while consents have not ended: the bank is not asked', async () => {
    stage.registration.beginDeletion.mockImplementation(() => failing('registration_in_use', '2 of them.'));
    expect(await run(DELETE)).toMatchObject({ failure: { code: 'registration_in_use', detail: '2 of them.' } });
    expect(stage.registration.deleteClient).not.toHaveBeenCalled();
  });

  it('that the bank does not accept leaves the institution in use', async () => {
    stage.registration.deleteClient.mockImplementation(() => failing('registration_token_rejected'));
    expect(await run(DELETE)).toMatchObject({ outcome: 'failed', failure: { code: 'registration_token_rejected' } });
    expect(stage.registration.concludeDeletion).not.toHaveBeenCalled();
    expect(stage.registration.recordRegistrationFailure).toHaveBeenCalledTimes(1);
  });

  it.each(['registration_token_rejected', 'registration_unmanaged', 'as_unreachable'] as const)(
    'by force forgets the client although the bank answers %s, and says so',
    async (failure) => {
      stage.registration.deleteClient.mockImplementation(() => failing(failure));
      expect(await run(FORCE)).toMatchObject({ outcome: 'deleted' });
      expect(stage.registration.concludeDeletion).toHaveBeenCalledWith(
        expect.objectContaining({ givenUp: expect.objectContaining({ failure }) as object }),
      );
    },
  );
});

describe('two operations on one registration', () => {
  it('are one after the other: the id of the workflow is the lock', async () => {
    const answered = gate();
    stage.registration.registerClient.mockReturnValue(answered.opened);
    const handle = await start(REGISTER);
    const again = stage.env.client.workflow.start(REGISTRATION_WORKFLOW, {
      workflowId: handle.workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ version: 1, institutionId: 'any' as InstitutionId, operation: DELETE }],
      workflowIdConflictPolicy: 'FAIL',
    });
    await expect(again).rejects.toHaveProperty('name', 'WorkflowExecutionAlreadyStartedError');
    answered.open();
    await handle.result();
  });
});
