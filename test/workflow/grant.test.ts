import { receiptIdOf } from '../../src/domain/consent';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import type { ReceiptId } from '../../src/domain/ids';
import { eventually } from './support/consent-under-test';
import { GRANT } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const MINUTE_MS = 60 * 1000;
/** A step is tried so often inside the workflow task; after that the server does the waiting, and its time can be skipped. */
const TRIES_AT_ONCE = 3;

/** The bank's consent API fails as long as `failing` says; the token response is always at hand. */
function failConsentApi(failure: FailureCode, failing: () => Promise<boolean>): void {
  stage.fakes.readGrant.mockImplementation(async ({ from }) => {
    if (from === 'token_response') return { granted: { ...GRANT, source: 'scope' }, grantedAt: await stage.now() };
    if (await failing()) throw new ConsentFailure(failure);
    return { granted: GRANT, grantedAt: await stage.now() };
  });
}

function recordedSource(): string | undefined {
  return stage.fakes.recordReceipt.mock.calls[0]?.[0].granted.source;
}

describe('what was granted', () => {
  it('is read from the bank later when its API is down for ten minutes', async () => {
    failConsentApi('fdx_unreachable', await stage.outage(10 * MINUTE_MS));
    const consent = await stage.request();
    await consent.authorize();
    await eventually(() => stage.fakes.readGrant.mock.calls.length > TRIES_AT_ONCE);
    expect((await consent.state()).stage).toBe('exchanging');
    await stage.sleep(12 * MINUTE_MS);
    await consent.reaches('active');
    expect(recordedSource()).toBe('consent_api');
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
  });

  it('is taken from the token response when the API is down for more than half an hour', async () => {
    failConsentApi('fdx_unreachable', await stage.outage(45 * MINUTE_MS));
    const consent = await stage.request();
    await consent.authorize();
    await eventually(() => stage.fakes.readGrant.mock.calls.length > TRIES_AT_ONCE);
    await stage.sleep(35 * MINUTE_MS);
    await consent.reaches('active');
    expect(recordedSource()).toBe('scope');
  });

  it.each(['fdx_request_rejected', 'fdx_response_invalid'] as const)(
    'is taken from the token response at once when the API answers with %s',
    async (failure) => {
      failConsentApi(failure, () => Promise.resolve(true));
      const consent = await stage.request();
      await consent.authorize();
      await consent.reaches('active');
      expect(stage.fakes.readGrant.mock.calls.map(([{ from }]) => from)).toEqual(['bank', 'token_response']);
      expect(recordedSource()).toBe('scope');
    },
  );

  it('is nothing when the bank says that its consent is not active, whatever the token response said', async () => {
    failConsentApi('as_authorization_error', () => Promise.resolve(true));
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('authorizing', { nextAction: 'launch', stage: 'none', failure: 'as_authorization_error' });
    expect(stage.fakes.readGrant.mock.calls.map(([{ from }]) => from)).toEqual(['bank']);
    expect(stage.fakes.recordReceipt).not.toHaveBeenCalled();
  });

  it('waits as long as a bank that limits its rate asks for, and no longer', async () => {
    const limited = await stage.outage(5 * MINUTE_MS);
    stage.fakes.readGrant.mockImplementation(async () => {
      if (await limited()) throw new ConsentFailure('fdx_rate_limited', undefined, 300);
      return { granted: GRANT, grantedAt: await stage.now() };
    });
    const consent = await stage.request();
    await consent.authorize();
    // Once in the workflow task, once by the server; the third time is the bank's to say.
    await eventually(() => stage.fakes.readGrant.mock.calls.length === 2);
    await stage.sleep(6 * MINUTE_MS);
    await consent.reaches('active');
    expect(recordedSource()).toBe('consent_api');
    expect(stage.fakes.readGrant).toHaveBeenCalledTimes(3);
  });
});

describe('GET /accounts with the new token', () => {
  it.each(['fdx_unreachable', 'fdx_rate_limited'] as const)(
    'that ends with %s does not lose the grant; the receipt says so',
    async (failure) => {
      stage.fakes.proveDataAccess.mockRejectedValue(new ConsentFailure(failure));
      const consent = await stage.request();
      await consent.authorize();
      await consent.reaches('active');
      expect(stage.fakes.recordReceipt.mock.calls[0]?.[0].dataAccess).toEqual({ outcome: 'unreachable', failure });
    },
  );

  it('that the bank refuses does not lose the grant; the receipt says so', async () => {
    const refused = { outcome: 'refused', failure: 'fdx_request_rejected' } as const;
    stage.fakes.proveDataAccess.mockResolvedValue(refused);
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('active');
    expect(stage.fakes.recordReceipt.mock.calls[0]?.[0].dataAccess).toEqual(refused);
  });

  it('that breaks in a way nobody foresaw does not lose the grant either, and is reported', async () => {
    stage.fakes.proveDataAccess.mockRejectedValue(new TypeError('accounts is not iterable'));
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('active');
    expect(stage.bugs).toContain('TypeError in proveDataAccess');
    expect(stage.fakes.recordReceipt.mock.calls[0]?.[0].dataAccess).toEqual({
      outcome: 'unreachable',
      failure: 'internal_error',
    });
  });
});

describe('the receipt', () => {
  it('is recorded once after an hour without its store, and then the consent is active', async () => {
    const away = await stage.outage(60 * MINUTE_MS);
    let stored = 0;
    stage.fakes.recordReceipt.mockImplementation(async ({ state }) => {
      if (await away()) throw new ConsentFailure('store_unavailable');
      stored += 1;
      return receiptIdOf(state);
    });
    const consent = await stage.request();
    await consent.authorize();
    await eventually(() => stage.fakes.recordReceipt.mock.calls.length > TRIES_AT_ONCE);
    await stage.sleep(62 * MINUTE_MS);
    const state = await consent.reaches('active');

    expect(stored).toBe(1);
    expect(stage.written.at(-1)).toEqual(state);
    // Whatever the number of tries: one receipt id, so that the store can tell a repetition.
    const ids = stage.fakes.recordReceipt.mock.calls.map(([call]) => call.state.receiptId);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids)).toEqual(new Set([state.receiptId]));
  });

  it('that an earlier attempt of a task that was done anew had stored is the one that the consent names', async () => {
    const first = 'rcp_0123456789abcdef0123456789abcdef' as ReceiptId;
    stage.fakes.recordReceipt.mockResolvedValueOnce(first);
    const { consent, authorizationId, receiptId } = await stage.connect();
    expect(receiptId).toBe(first);
    await consent.renew();
    await eventually(() => stage.fakes.recordReceipt.mock.calls.length === 2);
    expect(stage.fakes.recordReceipt.mock.lastCall?.[0].replaces).toEqual({ authorizationId, receiptId: first });
  });
});

describe('a lost trip to the bank', () => {
  it('is written down even when the database is away for an hour', async () => {
    const away = await stage.outage(60 * MINUTE_MS);
    stage.fakes.recordLostAuthorization.mockImplementation(async () => {
      if (await away()) throw new ConsentFailure('store_unavailable');
      return { grantsToEnd: [] };
    });
    const consent = await stage.request();
    await consent.comeBackWithError(await consent.goToBank(), 'access_denied');
    await eventually(() => stage.fakes.recordLostAuthorization.mock.calls.length > TRIES_AT_ONCE);
    await stage.sleep(62 * MINUTE_MS);
    await consent.endsAs('denied');
    expect(stage.written.at(-1)).toMatchObject({ status: 'denied' });
  });
});
