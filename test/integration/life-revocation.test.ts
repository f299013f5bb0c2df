import type { ConsentAtBank } from './support/bank';
import { Application, type Consent } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent } from './support/command';
import { END_CASES, type EndCase } from './support/end-cases';
import { Grants, type Grant } from './support/grants';
import { Journey } from './support/journey';
import { addOtherBanks } from './support/other-banks';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';
import { openWorkbench, type Workbench } from './support/workbench';

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let workbench: Workbench;

const PERSON = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' };
const ORDINARY = { consent: 'done', grant: 'not_offered', refreshToken: 'done', accessToken: 'done' };
/** The first pause before a bank that was away is told again takes ten seconds. */
const ENDED_WITHIN_MS = 60_000;
const TEST_MS = 120_000;

beforeAll(async () => {
  const env = { OUTBOUND_TIMEOUT_SECONDS: '1' };
  own = await startPrivateStack({ apis: 2, workers: 2, workerEnv: env, apiEnv: env });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
  workbench = await openWorkbench(own.stack);
  await addOtherBanks(own);
}, START_WITHIN_MS);
afterAll(async () => {
  await workbench.close();
  await own.end();
});

/** Revokes, and shows that the very next read finds nothing to read with. */
async function revoke({ consentId }: Journey, body?: object): Promise<Consent> {
  const { status, json } = await application.revoke(consentId, body);
  expect(await workbench.usable(consentId)).toBeUndefined();
  expect(status).toBe(200);
  return json as unknown as Consent;
}

async function told({ consentId }: Journey, withinMs = ENDED_WITHIN_MS): Promise<Consent> {
  const look = async () => {
    const consent = await application.consent(consentId);
    return consent.bankEnding === 'done' && consent;
  };
  return until(`the bank being told of ${consentId}`, look, withinMs);
}

/** How often the consent API was asked to revoke this one. */
async function revocationsOf(bankConsentId: string | null): Promise<number> {
  const requests = await bank.requests('consents');
  return requests.filter(({ method, path }) => method === 'PUT' && path.includes(bankConsentId ?? '?')).length;
}

describe('a revocation', () => {
  test('is in force when it is answered; the bank hears why and from whom, then of the tokens, and then they are gone', async () => {
    const journey = await Journey.walk(application);
    const grant = await grants.inUse(journey.consentId);
    await bank.reset();
    const answer = await revoke(journey);
    expect(answer).toMatchObject({ status: 'revoked', nextAction: 'none', revocation: PERSON });
    expect(await told(journey)).toMatchObject({ status: 'revoked', bankEnding: 'done', receiptId: answer.receiptId });
    expect(await bank.consent(grant.bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: PERSON });
    const [ended] = await grants.destroyed(journey.consentId);
    expect(ended).toMatchObject({ ending: ORDINARY, endingFailure: null });
    const paths = [...(await bank.requests('consents')), ...(await bank.requests('revocation'))]
      .sort((one, other) => one.at.localeCompare(other.at))
      .filter(({ status }) => status !== null && status < 300)
      .map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual([
      `PUT /fdx/v6/consents/${grant.bankConsentId ?? ''}/revocation`,
      'POST /revoke',
      'POST /revoke',
    ]);
    expect((await application.call(`/v1/consents/${journey.consentId}/receipt`)).status).toBe(200);
  });

  test.each([
    [{ initiator: 'DATA_RECIPIENT' }, { initiator: 'DATA_RECIPIENT', reason: 'BUSINESS_RULE' }],
    [
      { initiator: 'DATA_RECIPIENT', reason: 'SECURITY_EVENT' },
      { initiator: 'DATA_RECIPIENT', reason: 'SECURITY_EVENT' },
    ],
  ])('of %j reaches the bank as such', async (body, expected) => {
    const journey = await Journey.walk(application);
    const { bankConsentId } = await grants.inUse(journey.consentId);
    expect((await revoke(journey, body)).revocation).toEqual(expected);
    expect((await bank.ended(bankConsentId)).revocation).toMatchObject(expected);
  });

  test('asked for fifty times at once, through two processes, and once more later, is one: the bank is told once', async () => {
    const journey = await Journey.walk(application);
    const { bankConsentId } = await grants.inUse(journey.consentId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        fetch(`${own.stack.urls.apis[index % 2] ?? ''}/v1/consents/${journey.consentId}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${own.stack.applicationKey}` },
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await told(journey);
    const before = await journey.consent();
    expect((await revoke(journey, { initiator: 'DATA_RECIPIENT' })).revocation).toEqual(PERSON);
    expect(await journey.consent()).toEqual(before);
    // The first request of a connection may be turned away for its DPoP nonce.
    expect(await revocationsOf(bankConsentId)).toBeLessThanOrEqual(2);
    expect((await bank.consent(bankConsentId)).revocation).toMatchObject(PERSON);
  });

  test('by the person on the page of their link ends it as one by the application does', async () => {
    const journey = await Journey.walk(application);
    const { bankConsentId } = await grants.inUse(journey.consentId);
    await journey.browser.open(journey.launchUrl);
    await journey.browser.submit({ form: 'form[action$="/end"]' });
    expect(await workbench.usable(journey.consentId)).toBeUndefined();
    expect(journey.browser.text).toContain('was revoked');
    expect(journey.browser.page.querySelector('form')).toBeNull();
    expect(await told(journey)).toMatchObject({ status: 'revoked', revocation: PERSON });
    expect(await bank.consent(bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: PERSON });
  });

  test('from a page on another site is not taken', async () => {
    const journey = await Journey.walk(application);
    const cookie = await journey.browser.cookies.getCookieString(journey.launchUrl);
    for (const headers of [{}, { cookie, origin: 'https://evil.example' }] as Record<string, string>[]) {
      const answer = await fetch(`${journey.launchUrl}/end`, { method: 'POST', redirect: 'manual', headers });
      expect(answer.status).toBe(403);
    }
    expect((await journey.consent()).status).toBe('active');
  });
});

describe('a revocation of what is not finished', () => {
  test('before anybody opened the link ends it, and the bank never hears of it', async () => {
    const journey = await Journey.begin(application);
    await bank.reset();
    expect(await revoke(journey)).toMatchObject({ status: 'revoked', revocation: PERSON });
    await journey.browser.open(journey.launchUrl);
    expect(journey.browser.text).toContain('was revoked');
    expect(journey.browser.page.querySelector('form')).toBeNull();
    expect((await journey.consent()).bankEnding).toBeUndefined();
    expect([await bank.requests('par'), await bank.requests('consents')]).toEqual([[], []]);
  });

  test('while the person is at the bank: nothing they do there brings a grant', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await revoke(journey);
    await journey.comeBack(callbackUrl);
    expect(await workbench.usable(journey.consentId)).toBeUndefined();
    expect((await journey.consent()).status).toBe('revoked');
    expect((await grants.of(journey.consentId)).filter(({ hasTokens }) => hasTokens)).toEqual([]);
  });

  test('while the code is with the bank: what it brings is ended there and destroyed', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 700 }, times: 2 });
    const comingBack = journey.comeBack(callbackUrl);
    await until('the code being sent', async () =>
      (await bank.requests('token')).some(({ status }) => status === null),
    );
    await revoke(journey);
    await comingBack;
    const [ended] = await grants.destroyed(journey.consentId, undefined, ENDED_WITHIN_MS);
    expect(await bank.consent(ended?.bankConsentId)).toMatchObject({ status: 'REVOKED' });
    expect(await told(journey)).toMatchObject({ status: 'revoked', bankEnding: 'done' });
    await bank.heal();
  });

  test('during a renewal ends the grant in use and the one that comes', async () => {
    const journey = await Journey.walk(application);
    const renewal = await journey.invite();
    const callbackUrl = await renewal.authorize();
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'delay', milliseconds: 700 }, times: 2 });
    const comingBack = renewal.comeBack(callbackUrl);
    await until('the second grant', async () => (await grants.of(journey.consentId)).length === 2);
    await revoke(journey);
    await comingBack;
    const both = await grants.destroyed(journey.consentId, undefined, ENDED_WITHIN_MS);
    expect(both).toHaveLength(2);
    for (const { bankConsentId } of both) {
      expect(await bank.consent(bankConsentId)).toMatchObject({ status: 'REVOKED' });
    }
    expect(await told(journey)).toMatchObject({ status: 'revoked' });
    await bank.heal();
  });

  test('with an open link closes it', async () => {
    const journey = await Journey.walk(application);
    const renewal = await journey.invite();
    await revoke(journey);
    await renewal.browser.open(renewal.launchUrl);
    expect(renewal.browser.text).toContain('was revoked');
    expect(renewal.browser.page.querySelector('form')).toBeNull();
    const refused = await application.call(`/v1/consents/${journey.consentId}/authorizations`, { method: 'POST' });
    expect([refused.status, refused.json['code']]).toEqual([409, 'consent_ended']);
  });
});

describe('a bank of another kind is told as it wants to be', () => {
  test.each([
    ['sandbox-bank-signed', ORDINARY],
    ['sandbox-bank-scopes', { ...ORDINARY, consent: 'not_offered' }],
    ['sandbox-bank-mtls', ORDINARY],
    ['sandbox-bank-mtls-dpop', { ...ORDINARY, consent: 'not_offered' }],
    ['sandbox-bank-jwt-mtls', ORDINARY],
    ['basic', ORDINARY],
    ['managed', { ...ORDINARY, grant: 'done' }],
  ])('%s', async (institutionId, ending) => {
    const journey = await Journey.walk(application, { institutionId });
    const [before] = await grants.of(journey.consentId);
    await revoke(journey);
    await told(journey);
    expect(await grants.destroyed(journey.consentId)).toEqual([expect.objectContaining({ ending })]);
    expect(await bank.consent(before?.bankConsentId)).toMatchObject({ status: 'REVOKED' });
  });

  test('one without token revocation is told at its consent API alone', async () => {
    // Both workers read the metadata when they first speak with it, and keep them.
    await bank.plant({ endpoint: 'discovery', fault: { kind: 'rewrite_json', remove: ['revocation_endpoint'] } });
    const journey = await Journey.walk(application, { institutionId: 'bare' });
    const [before] = await grants.of(journey.consentId);
    await revoke(journey);
    await told(journey);
    await bank.heal();
    expect(await grants.destroyed(journey.consentId)).toEqual([
      expect.objectContaining({
        ending: { consent: 'done', grant: 'not_offered', refreshToken: 'not_offered', accessToken: 'not_offered' },
      }),
    ]);
    expect(await bank.consent(before?.bankConsentId)).toMatchObject({ status: 'REVOKED' });
  });

  test('one whose 204 takes effect later is taken at its word', async () => {
    await bank.behave({ revocationTakesEffectAfterSeconds: 2 });
    const journey = await Journey.walk(application);
    const [before] = await grants.of(journey.consentId);
    await revoke(journey);
    await told(journey);
    expect(await grants.destroyed(journey.consentId)).toEqual([expect.objectContaining({ ending: ORDINARY })]);
    expect(await bank.ended(before?.bankConsentId)).toMatchObject({ status: 'REVOKED' });
    await bank.heal();
  });
});

describe('a bank that', () => {
  interface Ended {
    readonly consent: Consent;
    readonly grant: Grant | undefined;
    readonly atBank: ConsentAtBank;
    readonly stuckWith: string | null | undefined;
  }
  const running = new Map<string, Promise<Ended>>();

  beforeAll(async () => {
    // Side by side, since most of it is waiting: each fault is about one consent alone.
    for (let next = 0; next < END_CASES.length; next += 6) {
      const journeys = END_CASES.slice(next, next + 6).map(async (each) => {
        const { institutionId = 'sandbox-bank' } = each;
        return { each, journey: await Journey.walk(application, { institutionId }) };
      });
      for (const { each, journey } of await Promise.all(journeys)) {
        const ending = end(each, journey);
        // Awaited by the test of its name.
        ending.catch(() => undefined);
        running.set(each.name, ending);
      }
    }
  }, TEST_MS);

  async function end({ fault, isAged, isRevokedAtBank, stuckWith }: EndCase, journey: Journey): Promise<Ended> {
    const { authorizationId, bankConsentId } = await grants.inUse(journey.consentId);
    if (bankConsentId === null) throw new Error('the bank has told no id');
    if (isAged) await grants.age(authorizationId);
    if (isRevokedAtBank) await bank.revoke(bankConsentId, { silently: true });
    if (fault) await bank.plant({ id: bankConsentId, ...fault, authorization: { consentId: bankConsentId } });
    await revoke(journey);
    const look = async () => (await grants.of(journey.consentId))[0]?.endingFailure ?? undefined;
    const failure = stuckWith === undefined ? undefined : await until('the refusal', look, ENDED_WITHIN_MS);
    if (stuckWith !== undefined) {
      const retried = await fdxConsent(['consents', 'retry-ending', journey.consentId], own.stack.productEnvironment);
      expect(retried.code).toBe(0);
    }
    const consent = await told(journey);
    const [grant] = await grants.destroyed(journey.consentId);
    return { consent, grant, atBank: await bank.consent(bankConsentId), stuckWith: failure };
  }

  test.each(END_CASES)(
    '$name has ended the consent in the end, and the tokens are gone',
    async ({ name, steps, stuckWith, attempts = 1, standsAtBank }) => {
      const ended = await running.get(name);
      expect(ended?.stuckWith).toBe(stuckWith);
      expect(ended?.consent).toMatchObject({ status: 'revoked', bankEnding: 'done', revocation: PERSON });
      expect(ended?.grant).toMatchObject({ ending: steps ?? ORDINARY, endingFailure: null, isDestroyed: true });
      expect(ended?.grant?.attempts).toBe(attempts);
      expect(ended?.atBank.status).toBe(standsAtBank ? 'ACTIVE' : 'REVOKED');
    },
    TEST_MS,
  );
});
