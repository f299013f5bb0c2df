import * as oidc from 'openid-client';
import { authorizeAtBank } from '../../sandbox/person';
import { BankProcess } from './support/bank-process';
import { CALLBACK, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  bank = await BankProcess.start({
    clients: [{ ...client.metadata, request_object_signing_alg: 'ES256', authorization_signed_response_alg: 'ES256' }],
  });
  await client.connect(bank);
});
afterAll(() => bank.stop());

it('takes a signed request by PAR and signs its answer (FAPI 2.0 Message Signing)', async () => {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters: Record<string, string> = {
    redirect_uri: CALLBACK,
    response_type: 'code',
    response_mode: 'jwt',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    // A signed request is left as signed, so here the client itself says what offline_access needs (OIDC Core §11).
    prompt: 'consent',
    scope: 'openid offline_access',
    authorization_details: JSON.stringify([{ type: 'fdx_v1.0', consentRequest: YEAR_OF_ACCOUNTS }]),
  };
  oidc.useJwtResponseMode(client.config);
  const signed = await oidc.buildAuthorizationUrlWithJAR(client.config, parameters, {
    key: client.keys.privateKey,
    kid: `${client.id}-1`,
  });
  const pushed = Object.fromEntries(signed.searchParams);
  const url = await oidc.buildAuthorizationUrlWithPAR(client.config, pushed, { DPoP: client.dpop });

  const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };
  const callback = await authorizeAtBank(client.browser(), url.href, person);
  expect([...new URL(callback).searchParams.keys()]).toEqual(['response']);

  const tokens = await oidc.authorizationCodeGrant(
    client.config,
    new URL(callback),
    { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    undefined,
    { DPoP: client.dpop },
  );
  expect(tokens.refresh_token).toEqual(expect.any(String));
  expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);
});
