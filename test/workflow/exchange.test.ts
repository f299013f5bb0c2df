import { ConsentFailure } from '../../src/domain/failures';
import { eventually, gate } from './support/consent-under-test';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;

describe('a code', () => {
  it('is exchanged once when the person reloads the callback', async () => {
    const consent = await stage.request();
    const authorizationId = await consent.goToBank();
    await consent.comeBackWithCode(authorizationId);
    await consent.comeBackWithCode(authorizationId);
    await consent.reaches('active');
    await consent.comeBackWithCode(authorizationId);
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'expired' });
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
    expect(stage.fakes.recordReceipt).toHaveBeenCalledTimes(1);
  });

  it('is not exchanged again when a replay arrives during the exchange', async () => {
    const answered = gate();
    stage.fakes.exchangeCode.mockReturnValue(answered.opened);
    const consent = await stage.request();
    const authorizationId = await consent.goToBank();
    await consent.comeBackWithCode(authorizationId, 'first');
    await eventually(() => stage.fakes.exchangeCode.mock.calls.length === 1);
    await consent.comeBackWithCode(authorizationId, 'second');
    answered.open();
    await consent.reaches('active');
    expect(stage.fakes.exchangeCode.mock.calls.map(([{ sealedCode }]) => sealedCode)).toEqual(['first']);
  });

  it('that the bank refuses lets the person authorize again, and the second one counts', async () => {
    stage.fakes.exchangeCode.mockRejectedValueOnce(new ConsentFailure('code_exchange_refused', 'invalid_grant.'));
    const consent = await stage.request();
    const first = await consent.authorize();
    await consent.reaches('authorizing', { nextAction: 'launch', stage: 'none', failure: 'code_exchange_refused' });
    expect(stage.fakes.recordLostAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId: first, failure: 'code_exchange_refused' }),
    );

    const second = await consent.authorize();
    await consent.reaches('active');
    expect(stage.fakes.exchangeCode.mock.calls.map(([{ authorizationId }]) => authorizationId)).toEqual([
      first,
      second,
    ]);
  });

  it('whose answer was lost is never exchanged a second time; the person authorizes again', async () => {
    stage.fakes.exchangeCode.mockRejectedValueOnce(new ConsentFailure('code_exchange_unknown', 'ECONNRESET.'));
    const consent = await stage.request();
    const first = await consent.authorize();
    await consent.reaches('authorizing', { nextAction: 'launch', stage: 'none', failure: 'code_exchange_unknown' });
    // A reload of the old callback changes nothing.
    await consent.comeBackWithCode(first);

    const second = await consent.authorize();
    await consent.reaches('active');
    expect(stage.fakes.exchangeCode.mock.calls.map(([{ authorizationId }]) => authorizationId)).toEqual([
      first,
      second,
    ]);
  });

  it('that certainly never reached the bank is sent when the bank is back', async () => {
    stage.fakes.exchangeCode.mockRejectedValueOnce(new ConsentFailure('as_unreachable', 'ECONNREFUSED at token.'));
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('active');
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(2);
  });

  it.each(['id_token_invalid', 'as_client_rejected', 'as_response_invalid'] as const)(
    'answered with %s fails the consent: trying again would not help',
    async (failure) => {
      stage.fakes.exchangeCode.mockRejectedValue(new ConsentFailure(failure));
      const consent = await stage.request();
      await consent.authorize();
      await consent.endsAs('failed');
      expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
      expect(stage.written.at(-1)).toMatchObject({ status: 'failed', nextAction: 'contact_support', failure });
    },
  );

  it('outlives an hour without our database: the same code, the same trip, then active', async () => {
    const away = await stage.outage(HOUR_MS);
    stage.fakes.exchangeCode.mockImplementation(async () => {
      if (await away()) throw new ConsentFailure('store_unavailable');
    });
    const consent = await stage.request();
    await consent.authorize();
    // Eight tries inside the workflow task take the 18 real seconds that their policy says.
    await eventually(() => stage.fakes.exchangeCode.mock.calls.length > 8);
    expect((await consent.state()).stage).toBe('exchanging');
    await stage.sleep(HOUR_MS + 60_000);
    await consent.reaches('active');
    const codes = stage.fakes.exchangeCode.mock.calls.map(([call]) => `${call.authorizationId} ${call.sealedCode}`);
    expect(new Set(codes).size).toBe(1);
    expect(stage.fakes.recordReceipt).toHaveBeenCalledTimes(1);
  });
});
