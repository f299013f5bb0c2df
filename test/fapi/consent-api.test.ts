import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readAccounts, getConsent } from '../../src/fdx/client';
import type { AuthorizedFetch } from '../../src/fdx/client';
import type { BoundTokens } from '../../src/fapi/token-set';
import { ClientAtBank } from './support/client-at-bank';

const ASKED = {
  durationType: 'TIME_BOUND',
  durationPeriod: 30,
  lookbackPeriod: 30,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
} as const;
const PASSWORD = 'canary-password-of-the-consent-api';

let at: ClientAtBank;
let tokens: BoundTokens;

beforeAll(async () => {
  at = await ClientAtBank.start(
    {},
    { clients: [{ client_id: 'by-password', consent_api_basic: { username: 'our-name', password: PASSWORD } }] },
  );
  tokens = await at.tokens();
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.control('DELETE', '/behaviour');
});

afterAll(() => at.stop());

const withTokens: AuthorizedFetch = (url, request) => at.client.fetchWithToken(tokens, url, request);
const read = (fetch: AuthorizedFetch, id = tokens.bankConsentId ?? '', profile = at.profile) =>
  getConsent(profile, fetch, id, ASKED);

describe('the consent API opens', () => {
  test('with the token of the person', async () => {
    expect((await read(withTokens)).granted.resources.length).toBeGreaterThan(0);
  });

  test('with a token of our own', async () => {
    const own = await at.client.clientCredentialsToken('fdx:consents:read');
    const { granted } = await read((url, request) => at.client.fetchWithToken(own, url, request));
    expect(granted.durationPeriod).toBe(30);
  });

  test('with a name and a password (RFC 7617), read from a file when it is needed', async () => {
    const passwordFile = path.join(at.bank.directory, 'password');
    const known = at.again({
      clientId: 'by-password',
      fdx: {
        baseUrl: `${at.bank.issuer}/fdx/v6`,
        consents: { credential: 'basic', basic: { username: 'our-name', passwordFile } },
      },
    });
    const granted = await known.tokens();
    const ask = () => read((url, request) => known.client.fetchWithPassword(url, request), granted.bankConsentId);
    await expect(ask()).rejects.toMatchObject({ code: 'institution_misconfigured' });
    writeFileSync(passwordFile, `wrong-${PASSWORD}\n`, { mode: 0o600 });
    const refused: unknown = await ask().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'fdx_request_rejected' });
    expect(String(refused)).not.toContain(PASSWORD);
    writeFileSync(passwordFile, `${PASSWORD}\n`);
    expect((await ask()).granted.resources.length).toBeGreaterThan(0);
    await known.client.close();
  });
});

describe('a consent is understood', () => {
  test.each<[string, object]>([
    ['with links as an object', { consentLinks: 'object' }],
    ['with the older duration types', { durationTypes: 'older' }],
  ])('%s', async (_, behaviour) => {
    const before = await read(withTokens);
    await at.bank.behave(behaviour);
    expect((await read(withTokens)).granted).toEqual(before.granted);
  });

  test.each<[string, object]>([
    ['as text', {}],
    ['as a number', { errorCodes: 'number' }],
  ])('to be refused when the code of the error comes %s', async (_, behaviour) => {
    await at.bank.behave(behaviour);
    await expect(read(withTokens, 'a-consent-of-nobody')).rejects.toMatchObject({
      code: 'fdx_request_rejected',
      detail: expect.stringMatching(/FDX code \d+/) as string,
    });
  });
});

test.each(['lightweight', 'details'] as const)(
  'accounts are asked for as %s where the bank wants to be told',
  async (resultType) => {
    const told = at.again({ fdx: { baseUrl: `${at.bank.issuer}/fdx/v6`, resultType } });
    await at.bank.control('DELETE', '/requests');
    await readAccounts(told.profile, withTokens);
    const [request] = (await at.bank.requests('accounts')).requests;
    expect(request?.queryParameters).toEqual(['resultType']);
    await told.client.close();
  },
);
