import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { ALICE, Journey } from './support/journey';
import { reserveBank } from './support/reservation';

const application = new Application(currentStack());
reserveBank(application.stack);

const PUBLIC_MEMBERS = ['alg', 'crv', 'e', 'key_ops', 'kid', 'kty', 'n', 'use', 'x', 'y'];

async function keysAt(path: string): Promise<JSONWebKeySet> {
  const { status, headers, json } = await application.call(path, { key: undefined });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
  return json as unknown as JSONWebKeySet;
}

test.each(['/.well-known/jwks.json', '/.well-known/receipt-keys.json'])(
  '%s holds public members only, and each key says what it is for',
  async (path) => {
    const { keys } = await keysAt(path);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(Object.keys(key).filter((member) => !PUBLIC_MEMBERS.includes(member))).toEqual([]);
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String) as string, alg: expect.any(String) as string });
    }
  },
);

test('the client keys are one of each kind that FAPI 2.0 allows (§5.4.1)', async () => {
  const { keys } = await keysAt('/.well-known/jwks.json');
  expect(keys.map((key) => key.alg).sort()).toEqual(['ES256', 'EdDSA', 'PS256']);
});

describe('a receipt', () => {
  const signedReceipt = async ({ consentId }: Journey): Promise<string> => {
    const { headers, text } = await application.call(`/v1/consents/${consentId}/receipt`, {
      headers: { accept: 'application/jose' },
    });
    expect(headers.get('content-type')).toMatch(/^application\/jose/);
    return text;
  };

  test('verifies with the published keys, and its payload is the document', async () => {
    const journey = await Journey.walk(application);
    const [signed, { json: document }] = await Promise.all([
      signedReceipt(journey),
      application.call(`/v1/consents/${journey.consentId}/receipt`),
    ]);
    const keys = createLocalJWKSet(await keysAt('/.well-known/receipt-keys.json'));
    const { payload } = await compactVerify(signed, keys, { algorithms: ['ES256', 'PS256'] });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(document);
    expect(decodeProtectedHeader(signed).typ).toBe('consent-receipt+jws');
  });

  test('that was altered does not verify', async () => {
    const [header, payload = '', signature] = (await signedReceipt(await Journey.walk(application))).split('.');
    const document = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...document, purpose: 'Sell it' })).toString('base64url');
    const keys = createLocalJWKSet(await keysAt('/.well-known/receipt-keys.json'));
    await expect(compactVerify([header, forged, signature].join('.'), keys)).rejects.toThrow('verification failed');
  });

  test('says what was asked, granted and refused, by whom, until when, and never the person’s name', async () => {
    const reference = 'somebody@example.com';
    const changes = { person: { reference } };
    const journey = await Journey.walk(application, changes, { ...ALICE, refuseClusters: ['STATEMENTS'] });
    const { text, json } = await application.call(`/v1/consents/${journey.consentId}/receipt`);
    const consent = await journey.consent();
    expect(json).toMatchObject({
      receiptId: consent.receiptId,
      consentId: journey.consentId,
      bankConsentId: consent.granted?.bankConsentId,
      expirationDate: consent.expirationDate,
      requested: { durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90 },
      granted: { source: 'consent_api' },
      difference: { outcome: 'in_part' },
      evidence: { issuer: application.stack.urls.bank, clientId: 'fdx-consent-dev' },
    });
    expect(json['parties']).toMatchObject([
      { type: 'DATA_RECIPIENT', name: 'Budget Bee' },
      { type: 'DATA_ACCESS_PLATFORM', name: 'FDX Consent' },
      { type: 'DATA_PROVIDER', name: 'Sandbox Bank' },
    ]);
    expect(text).not.toContain(reference);
  });

  test('names the same pseudonym for the same person, and another one for somebody else', async () => {
    const pseudonymOf = async (reference: string): Promise<unknown> => {
      const { consentId } = await Journey.walk(application, { person: { reference } });
      return (await application.call(`/v1/consents/${consentId}/receipt`)).json['personPseudonym'];
    };
    const first = await pseudonymOf('one');
    expect(first).toEqual(expect.any(String));
    expect(await pseudonymOf('one')).toBe(first);
    expect(await pseudonymOf('two')).not.toBe(first);
  });
});
