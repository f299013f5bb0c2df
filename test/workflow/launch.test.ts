import { ConsentFailure } from '../../src/domain/failures';
import { eventually, gate } from './support/consent-under-test';
import { authorizationUrlOf } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

describe('pressing Continue', () => {
  it('prepares fresh secrets, pushes the request and answers with the address of the bank', async () => {
    const consent = await stage.request();
    const outcome = await consent.launch();

    const { authorizationId } = await consent.state();
    expect(outcome).toEqual({
      kind: 'redirect',
      authorizationUrl: authorizationUrlOf(authorizationId ?? ''),
      expiresAt: expect.any(Number) as number,
    });
    expect(stage.fakes.prepareAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId, browserHash: 'ab'.repeat(32), disclosureDigest: 'digest' }),
    );
    expect(await consent.state()).toEqual({
      status: 'authorizing',
      nextAction: 'launch',
      stage: 'pushed',
      authorizationId,
    });
  });

  it('twice at once gives two authorizations, one after the other', async () => {
    let running = 0;
    let mostAtOnce = 0;
    stage.fakes.prepareAuthorization.mockImplementation(async () => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await stage.now();
    });
    const push = stage.fakes.pushAuthorizationRequest.getMockImplementation();
    stage.fakes.pushAuthorizationRequest.mockImplementation(async (input) => {
      const pushed = await push?.(input);
      running -= 1;
      if (!pushed) throw new Error('the fake has no answer');
      return pushed;
    });
    const consent = await stage.request();
    const outcomes = await Promise.all([consent.launch(), consent.launch()]);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['redirect', 'redirect']);
    const ids = stage.fakes.prepareAuthorization.mock.calls.map(([{ authorizationId }]) => authorizationId);
    expect(new Set(ids).size).toBe(2);
    expect(mostAtOnce).toBe(1);
  });

  it('again leaves an answer to the earlier trip valid', async () => {
    const consent = await stage.request();
    const first = await consent.goToBank();
    await consent.goToBank();
    await consent.comeBackWithCode(first);
    await consent.reaches('active');
    expect(stage.fakes.exchangeCode).toHaveBeenCalledWith(expect.objectContaining({ authorizationId: first }));
  });

  it('more than twenty times is refused, and the bank is not asked again', async () => {
    const consent = await stage.request();
    for (let time = 1; time <= 20; time += 1) await consent.goToBank();
    await expect(consent.launch()).resolves.toEqual({ kind: 'too_often' });
    expect(stage.fakes.pushAuthorizationRequest).toHaveBeenCalledTimes(20);
  });

  it('counts the launches that failed as well', async () => {
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure('as_unreachable', undefined, 1));
    const consent = await stage.request();
    for (let time = 1; time <= 20; time += 1) await consent.launch();
    await expect(consent.launch()).resolves.toEqual({ kind: 'too_often' });
  });

  it('while an answer is being exchanged answers busy', async () => {
    const answered = gate();
    stage.fakes.exchangeCode.mockReturnValue(answered.opened);
    // The exchange is a step inside a workflow task: a launch gets in when the task is renewed, which here is soon.
    const consent = await stage.request({ workflowTaskTimeout: '1s' });
    const authorizationId = await consent.goToBank();
    await consent.comeBackWithCode(authorizationId);

    await expect(consent.launch()).resolves.toEqual({ kind: 'busy' });
    answered.open();
    await consent.reaches('active');
    expect(stage.fakes.prepareAuthorization).toHaveBeenCalledTimes(1);
  });

  it('after the consent became active says that this link is closed', async () => {
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('active');
    await expect(consent.launch()).resolves.toEqual({ kind: 'closed' });
  });
});

describe('a pushed request that fails', () => {
  it.each(['as_request_rejected', 'as_client_rejected', 'as_issuer_mismatch', 'as_metadata_unusable'] as const)(
    'with %s ends the consent as failed and points to support',
    async (failure) => {
      stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure(failure));
      const consent = await stage.request();

      await expect(consent.launch()).resolves.toEqual({ kind: 'ended', status: 'failed', failure });
      await consent.endsAs('failed');
      expect(stage.fakes.pushAuthorizationRequest).toHaveBeenCalledTimes(1);
      expect(stage.written.at(-1)).toEqual({
        status: 'failed',
        nextAction: 'contact_support',
        stage: 'none',
        failure,
      });
    },
  );

  it('also answers the launch that waited behind it: nobody’s browser is left hanging', async () => {
    const released = gate();
    stage.fakes.pushAuthorizationRequest.mockImplementation(async () => {
      await released.opened;
      throw new ConsentFailure('as_client_rejected');
    });
    const consent = await stage.request({ workflowTaskTimeout: '1s' });
    const first = consent.launch();
    await eventually(() => stage.fakes.pushAuthorizationRequest.mock.calls.length === 1);
    const second = consent.launch();
    released.open();
    const ended = { kind: 'ended', status: 'failed', failure: 'as_client_rejected' };
    expect(await Promise.all([first, second])).toEqual([ended, ended]);
    // The server turns down an end that overlooks a message, and the task is done again: the same trip, never another one.
    const trips = stage.fakes.pushAuthorizationRequest.mock.calls.map(([{ authorizationId }]) => authorizationId);
    expect(new Set(trips).size).toBe(1);
  });

  it('because the bank is away for a while tells the person to try again, and the next launch succeeds', async () => {
    const push = stage.fakes.pushAuthorizationRequest.getMockImplementation();
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure('as_unreachable'));
    const consent = await stage.request();

    await expect(consent.launch()).resolves.toEqual({
      kind: 'try_again',
      failure: 'as_unreachable',
      retryAfterSeconds: 5,
    });
    expect(stage.fakes.pushAuthorizationRequest).toHaveBeenCalledTimes(3);
    expect(await consent.state()).toEqual({
      status: 'authorizing',
      nextAction: 'launch',
      stage: 'none',
      failure: 'as_unreachable',
    });

    if (push) stage.fakes.pushAuthorizationRequest.mockImplementation(push);
    await consent.authorize();
    await consent.reaches('active');
  });

  it('with a Retry-After of the bank passes it on at once instead of keeping the person waiting', async () => {
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure('as_unreachable', undefined, 30));
    const consent = await stage.request();
    const startedAt = Date.now();
    await expect(consent.launch()).resolves.toEqual({
      kind: 'try_again',
      failure: 'as_unreachable',
      retryAfterSeconds: 30,
    });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(stage.fakes.pushAuthorizationRequest).toHaveBeenCalledTimes(1);
  });

  it('because the step hangs tells the person to try again before their browser gives up', async () => {
    const push = stage.fakes.pushAuthorizationRequest.getMockImplementation();
    const released = gate();
    stage.fakes.pushAuthorizationRequest.mockImplementation(async () => {
      await released.opened;
      throw new ConsentFailure('as_unreachable');
    });
    const consent = await stage.request();
    const startedAt = Date.now();
    await expect(consent.launch()).resolves.toEqual({
      kind: 'try_again',
      failure: 'step_timed_out',
      retryAfterSeconds: 5,
    });
    // The API waits for 20 seconds, all told.
    expect(Date.now() - startedAt).toBeLessThan(18_000);

    released.open();
    if (push) stage.fakes.pushAuthorizationRequest.mockImplementation(push);
    await consent.authorize();
    await consent.reaches('active');
  });

  it('because of a hiccup is tried again without the person noticing', async () => {
    stage.fakes.pushAuthorizationRequest.mockRejectedValueOnce(new ConsentFailure('as_unreachable'));
    const consent = await stage.request();
    await expect(consent.launch()).resolves.toMatchObject({ kind: 'redirect' });
    expect(stage.fakes.prepareAuthorization).toHaveBeenCalledTimes(1);
  });
});

describe('our own database away during a launch', () => {
  it('changes nothing and tells the person to try again', async () => {
    stage.fakes.prepareAuthorization.mockRejectedValue(new ConsentFailure('store_unavailable'));
    const consent = await stage.request();

    await expect(consent.launch()).resolves.toEqual({
      kind: 'try_again',
      failure: 'store_unavailable',
      retryAfterSeconds: 5,
    });
    expect(stage.written).toEqual([]);
    expect((await consent.state()).status).toBe('requested');

    stage.fakes.prepareAuthorization.mockResolvedValue();
    await consent.authorize();
    await consent.reaches('active');
  });
});
