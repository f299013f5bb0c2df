import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { authorizeAtBank } from '../../sandbox/person';
import { BankProcess } from './support/bank-process';
import { CALLBACK, eddsa, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
/** What left for the bank, to see that it says EdDSA indeed. */
const sent: { dpop: string | null; body: URLSearchParams }[] = [];

beforeAll(async () => {
  client = await FapiClient.create('ed-budget', 'EdDSA');
  const signed = { request_object_signing_alg: 'EdDSA', authorization_signed_response_alg: 'EdDSA' };
  bank = await BankProcess.start({ clients: [{ ...client.metadata, ...signed }] });
  await client.connect(bank);
  client.config[oidc.customFetch] = (url, options) => {
    const { body } = options;
    sent.push({
      dpop: new Headers(options.headers).get('dpop'),
      body: body instanceof URLSearchParams ? body : new URLSearchParams(),
    });
    return client.fetch(url, options);
  };
});
afterAll(() => bank.stop());

const algorithmOf = (jws: string | null | undefined): string | undefined => decodeProtectedHeader(jws ?? '').alg;

it('takes assertions and proofs that are signed with EdDSA, and signs ID tokens with it', async () => {
  const tokens = await client.obtain();
  expect(decodeProtectedHeader(tokens.id_token ?? '')).toMatchObject({
    alg: 'EdDSA',
    kid: expect.stringMatching(/^bank-eddsa-/) as string,
  });
  expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);

  const assertions = sent.flatMap(({ body }) => body.getAll('client_assertion'));
  expect(new Set(assertions.map(algorithmOf))).toEqual(new Set(['EdDSA']));
  const proofs = sent.flatMap(({ dpop }) => dpop ?? []);
  expect(new Set(proofs.map(algorithmOf))).toEqual(new Set(['EdDSA']));
  expect(proofs.length).toBeGreaterThan(2);
});

it('takes a request object that is signed with EdDSA, and signs its answer with it (FAPI 2.0 Message Signing)', async () => {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  oidc.useJwtResponseMode(client.config);
  const request = await oidc.buildAuthorizationUrlWithJAR(
    client.config,
    {
      redirect_uri: CALLBACK,
      response_type: 'code',
      response_mode: 'jwt',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      scope: 'openid',
      authorization_details: JSON.stringify([{ type: 'fdx_v1.0', consentRequest: YEAR_OF_ACCOUNTS }]),
    },
    { key: client.keys.privateKey, kid: client.publicJwk.kid ?? '' },
    { [oidc.modifyAssertion]: eddsa },
  );
  expect(algorithmOf(request.searchParams.get('request'))).toBe('EdDSA');
  const pushed = Object.fromEntries(request.searchParams);
  const url = await oidc.buildAuthorizationUrlWithPAR(client.config, pushed, { DPoP: client.dpop });

  const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };
  const callback = new URL(await authorizeAtBank(client.browser(), url.href, person));
  expect(algorithmOf(callback.searchParams.get('response'))).toBe('EdDSA');
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(client.config, callback, checks, undefined, { DPoP: client.dpop });
  expect(algorithmOf(tokens.id_token)).toBe('EdDSA');
});

it('says so in its metadata', () => {
  const metadata = client.config.serverMetadata();
  for (const name of [
    'id_token_signing_alg_values_supported',
    'authorization_signing_alg_values_supported',
    'request_object_signing_alg_values_supported',
    'dpop_signing_alg_values_supported',
    'token_endpoint_auth_signing_alg_values_supported',
  ]) {
    expect(metadata[name]).toEqual(expect.arrayContaining(['ES256', 'PS256', 'EdDSA']));
  }
});
