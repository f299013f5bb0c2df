import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import type { BankProcess } from './support/bank-process';
import type { FapiClient } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
});

afterAll(() => bank.stop());
afterEach(async () => {
  await bank.control('DELETE', '/faults');
  await bank.control('PUT', '/behaviour', { sharedKeyId: false });
});

const published = async (): Promise<JSONWebKeySet> =>
  (await (await client.fetch(`${bank.issuer}/jwks`, { method: 'GET' } as never)).json()) as JSONWebKeySet;

const namesOf = ({ keys }: JSONWebKeySet): (string | undefined)[] => keys.map(({ kid }) => kid);

const verifies = (idToken: string, keys: JSONWebKeySet): Promise<boolean> =>
  jwtVerify(idToken, createLocalJWKSet(keys)).then(
    () => true,
    () => false,
  );

/** An ID token straight from the token endpoint, unjudged: the library keeps the keys it has seen for a minute. */
const idTokenOf = async (who: FapiClient): Promise<string> => {
  await who.connect(bank);
  return (await who.obtain()).id_token ?? '';
};

it('signs with new keys after a rotation, and publishes them alone', async () => {
  const [before, earlier] = [await published(), await idTokenOf(client)];
  expect(await verifies(earlier, before)).toBe(true);

  const { status, body } = await bank.control('POST', '/keys/rotate', { keepOld: false });
  const after = await published();
  expect([status, body]).toEqual([200, after]);
  expect(after.keys.map(({ alg }) => alg)).toEqual(['ES256', 'PS256', 'EdDSA']);
  expect(namesOf(after).filter((kid) => namesOf(before).includes(kid))).toEqual([]);
  expect(await verifies(earlier, after)).toBe(false);
  for (const who of [client, other]) {
    const idToken = await idTokenOf(who);
    expect(namesOf(after)).toContain(decodeProtectedHeader(idToken).kid);
    expect([await verifies(idToken, after), await verifies(idToken, before)]).toEqual([true, false]);
  }
});

it('publishes the old keys beside the new ones when they are kept', async () => {
  const [before, earlier] = [await published(), await idTokenOf(client)];
  await bank.control('POST', '/keys/rotate', { keepOld: true });
  const after = await published();
  expect(namesOf(after).slice(3)).toEqual(namesOf(before));
  const later = await idTokenOf(client);
  expect([await verifies(earlier, after), await verifies(later, after)]).toEqual([true, true]);
  expect(await verifies(later, before)).toBe(false);
});

it('forges ID tokens with the key that signs now', async () => {
  await bank.control('POST', '/keys/rotate', { keepOld: false });
  await bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', set: { extra: 'claim' } } });
  expect(await verifies(await idTokenOf(client), await published())).toBe(true);
});

it('publishes no private part of any key', async () => {
  await bank.control('POST', '/keys/rotate', { keepOld: true });
  for (const key of (await published()).keys) {
    expect(Object.keys(key)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(d|p|q|dp|dq|qi)$/)]));
  }
});

it('publishes all keys under one name, and signs under it (RFC 7517 §4.5)', async () => {
  await bank.control('POST', '/keys/rotate', { keepOld: false });
  await bank.control('PUT', '/behaviour', { sharedKeyId: true });
  const { keys } = await published();
  expect(keys.map(({ kty }) => kty)).toEqual(['EC', 'RSA', 'OKP']);
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  for (const who of [client, other]) {
    const idToken = await idTokenOf(who);
    expect(decodeProtectedHeader(idToken).kid).toBe(keys[0]?.kid);
    expect(await verifies(idToken, { keys })).toBe(true);
  }
});

it('refuses a rotation that does not say what becomes of the old keys', async () => {
  expect((await bank.control('POST', '/keys/rotate', {})).status).toBe(400);
});

it('makes new keys for one signature where a fault wants it, and publishes them beside the old', async () => {
  const before = await published();
  await client.connect(bank);
  await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'forge_id_token', signedBy: 'rotated' } });
  const { id_token: idToken = '' } = await client.obtain();
  const after = await published();
  expect([await verifies(idToken, before), await verifies(idToken, after)]).toEqual([false, true]);
  expect(namesOf(after).slice(3)).toEqual(namesOf(before));
});
