import { ApplicationFailure } from '@temporalio/common';
import { ConsentFailure } from '../../src/domain/failures';
import { eventually } from './support/consent-under-test';
import { GRANT } from './support/fake-activities';
import { clearPayloads, payloadsOf, textOf } from './support/history';
import { useStage } from './support/stage';

const stage = useStage();

describe('the Temporal UI', () => {
  it('finds a consent by status, next action, institution, application and expiry as it goes along', async () => {
    const consent = await stage.request();
    expect(await consent.searchAttributes()).toEqual({
      ConsentStatus: 'requested',
      NextAction: 'launch',
      InstitutionId: 'first-bank',
      ApplicationId: 'budget-buddy',
    });

    await consent.goToBank();
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'authorizing', NextAction: 'launch' });

    await consent.authorize();
    const { expiresAt = 0 } = await consent.reaches('active');
    expect(await consent.searchAttributes()).toMatchObject({
      ConsentStatus: 'active',
      NextAction: 'none',
      ConsentExpiresAt: new Date(expiresAt),
    });

    await consent.liveToTheEnd();
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'expired', NextAction: 'none' });
  });

  it('finds a consent that needs support', async () => {
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure('as_client_rejected'));
    const consent = await stage.request();
    await consent.launch();
    await consent.endsAs('failed');
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'failed', NextAction: 'contact_support' });
  });

  it('shows a consent as a story: what was asked, granted and refused, and what happened when', async () => {
    stage.fakes.readGrant.mockImplementation(async () => ({
      granted: { ...GRANT, resources: GRANT.resources.filter(({ resourceType }) => resourceType === 'ACCOUNT') },
      grantedAt: await stage.now(),
    }));
    const consent = await stage.request();
    expect(await consent.card()).toContain('### First Bank: requested');

    await consent.authorize();
    const { receiptId = '' } = await consent.reaches('active');
    const card = await consent.card();
    expect(card).toContain('### First Bank: active');
    expect(card).toContain('**Asked:** ACCOUNT_DETAILED, TRANSACTIONS, CUSTOMER_CONTACT');
    expect(card).toContain('**Granted** (consent_api): ACCOUNT_DETAILED, TRANSACTIONS');
    expect(card).toContain('**Refused:** CUSTOMER_CONTACT');
    expect(card.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      expect.stringMatching(/^- \d{4}-\d\d-\d\dT[\d:.]+Z asked for$/),
      expect.stringContaining('PKCE, state and sender-constraint key prepared'),
      expect.stringContaining('authorization request pushed'),
      expect.stringContaining('came back with a code'),
      expect.stringContaining(`receipt ${receiptId} recorded`),
    ]);
  });

  it('says why a consent failed', async () => {
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure('as_request_rejected'));
    const consent = await stage.request();
    await consent.launch();
    await consent.endsAs('failed');
    expect(await consent.card()).toContain(
      '**Why:** The authorization server rejected our request. (`as_request_rejected`)',
    );
  });
});

describe('an exported history', () => {
  const CANARY = 'canary-sealed-code-0123456789';

  it('holds only encrypted payloads, and search attributes and local-activity times in the clear', async () => {
    const consent = await stage.request();
    await consent.comeBackWithCode(await consent.goToBank(), CANARY);
    await consent.reaches('active');
    await consent.liveToTheEnd();

    const history = await consent.handle.fetchHistory();
    expect(payloadsOf(history).length).toBeGreaterThan(20);
    const clear = clearPayloads(history);
    expect(new Set(clear.map(({ place }) => place))).toEqual(
      new Set(['searchAttributes', 'marker:core_local_activity:data']),
    );
    const text = textOf(history);
    for (const word of [CANARY, 'TRANSACTIONS', 'First Bank', 'bank-consent-1', 'request_uri']) {
      expect(text).not.toContain(word);
    }
  });

  it('holds the messages and stack traces of failures encrypted too, local, remote and repeated', async () => {
    stage.fakes.readGrant.mockImplementation(async ({ from }) => {
      if (from === 'bank') throw new ConsentFailure('fdx_unreachable', CANARY);
      return { granted: GRANT, grantedAt: await stage.now() };
    });
    stage.fakes.recordReceipt.mockRejectedValueOnce(new ConsentFailure('store_unavailable', CANARY));
    stage.fakes.proveDataAccess.mockRejectedValue(ApplicationFailure.create({ message: CANARY, details: [CANARY] }));
    const consent = await stage.request();
    await consent.authorize();
    await eventually(() => stage.fakes.readGrant.mock.calls.length > 3);
    await stage.sleep(60 * 60 * 1000);
    await consent.reaches('active');
    await consent.liveToTheEnd();

    const history = await consent.handle.fetchHistory();
    const text = textOf(history);
    expect(text).not.toContain('canary');
    expect(text).not.toContain('fake-activities');
    // Failures are there, and say nothing.
    expect(text).toContain('Encoded failure');
    expect(text).toContain('fdx_unreachable');
    expect(new Set(clearPayloads(history).map(({ place }) => place))).toEqual(
      new Set(['searchAttributes', 'marker:core_local_activity:data']),
    );
  });
});
