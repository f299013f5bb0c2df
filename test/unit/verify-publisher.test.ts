import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  UnsecuredJWT,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose';
import { claimedIssuerOf, verifyPublisher } from '../../src/fapi/verify-publisher';
import { bankWith } from './support/profile';

const PROFILE = bankWith({ clockToleranceSeconds: 30 });
const AUDIENCE = 'https://consent.example/notifications';

interface Key {
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

async function keyOf(algorithm: string, kid = algorithm): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

let keys: readonly Key[];
let rsa: Key;
beforeAll(async () => {
  keys = await Promise.all(['PS256', 'ES256', 'EdDSA'].map((algorithm) => keyOf(algorithm)));
  rsa = await keyOf('RS256');
});

const now = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: object = {}): JWTPayload => ({
  iss: PROFILE.issuer,
  sub: PROFILE.issuer,
  aud: AUDIENCE,
  iat: now(),
  exp: now() + 60,
  jti: 'once',
  ...changes,
});

const sign = (payload: JWTPayload, { algorithm, privateKey }: Key, kid: string | undefined = algorithm) =>
  new SignJWT(payload).setProtectedHeader({ alg: algorithm, ...(kid !== '' && { kid }) }).sign(privateKey);

const setOf = (...of: readonly Key[]): JSONWebKeySet => ({
  keys: of.map(({ jwk }) => jwk as JSONWebKeySet['keys'][0]),
});

const verify = (assertion: string, set = setOf(...keys, rsa), renewed?: JSONWebKeySet) =>
  verifyPublisher(
    PROFILE,
    { current: () => Promise.resolve(set), renewed: () => Promise.resolve(renewed) },
    assertion,
    AUDIENCE,
  );

const first = (): Key => keys[0] as Key;

describe('an assertion of a bank', () => {
  it.each(['PS256', 'ES256', 'EdDSA'])('counts when it is signed with %s', async (algorithm) => {
    const key = keys.find((each) => each.algorithm === algorithm) as Key;
    await expect(verify(await sign(claims(), key))).resolves.toMatchObject({ issuer: PROFILE.issuer, id: 'once' });
  });

  it.each<[string, object]>([
    ['names several audiences, us among them', { aud: ['https://elsewhere.example', AUDIENCE] }],
    ['comes from a clock that is a little ahead', { iat: now() + 20, exp: now() + 80 }],
    ['is over by less than the clocks may differ', { iat: now() - 80, exp: now() - 20 }],
    ['is good for ten minutes', { exp: now() + 600 }],
  ])('counts when it %s', async (_, changes) => {
    await expect(verify(await sign(claims(changes), first()))).resolves.toMatchObject({ id: 'once' });
  });

  it.each<[string, object]>([
    ['is for somebody else', { aud: 'https://consent.example/callback' }],
    ['is for nobody', { aud: undefined }],
    ['names another issuer', { iss: 'https://other.example' }],
    ['has another subject', { sub: 'somebody' }],
    ['has no subject', { sub: undefined }],
    ['is over', { iat: now() - 120, exp: now() - 60 }],
    ['never ends', { exp: undefined }],
    ['is good for longer than ten minutes', { exp: now() + 660 }],
    ['was made in the future', { iat: now() + 60 }],
    ['does not say when it was made', { iat: undefined }],
    ['has no id', { jti: undefined }],
    ['has an empty id', { jti: '' }],
    ['has an id that is a number', { jti: 7 }],
    ['has NUL in its id', { jti: 'a\0b' }],
    ['has an endless id', { jti: 'x'.repeat(257) }],
    ['is not good yet', { nbf: now() + 120 }],
  ])('is refused when it %s', async (_, changes) => {
    await expect(verify(await sign(claims(changes), first()))).rejects.toMatchObject({
      code: 'publisher_unauthenticated',
    });
  });

  it('is refused with a weak algorithm, with none, and when it is no JWT', async () => {
    const none = new UnsecuredJWT(claims()).encode();
    for (const assertion of [await sign(claims(), rsa), none, 'a.b.c', `${none}x`]) {
      await expect(verify(assertion)).rejects.toMatchObject({ code: 'publisher_unauthenticated' });
    }
  });

  it('is refused when a stranger has signed it under the name of a published key, and says no more', async () => {
    const stranger = await keyOf('PS256');
    const refused = verify(await sign(claims(), stranger, 'PS256'));
    await expect(refused).rejects.toMatchObject({
      code: 'publisher_unauthenticated',
      detail: 'no institution known here has signed it as its issuer.',
    });
  });

  it('is judged once more with the keys that the bank has changed to, under a new name or the old one', async () => {
    const fresh = await keyOf('PS256');
    for (const kid of ['unheard-of', 'PS256']) {
      const set = setOf({ ...fresh, jwk: { ...fresh.jwk, kid } });
      await expect(verify(await sign(claims(), fresh, kid), setOf(...keys), set)).resolves.toMatchObject({
        id: 'once',
      });
    }
  });

  it('finds its key among several of one kind, without a name and under one name (RFC 7517 §4.5)', async () => {
    const twins = [await keyOf('ES256', 'same'), await keyOf('ES256', 'same')];
    for (const twin of twins) {
      for (const kid of ['same', '']) {
        await expect(verify(await sign(claims(), twin, kid), setOf(...twins))).resolves.toMatchObject({ id: 'once' });
      }
    }
    await expect(verify(await sign(claims(), await keyOf('ES256'), 'same'), setOf(...twins))).rejects.toMatchObject({
      code: 'publisher_unauthenticated',
    });
  });

  it('can be used until its end and the difference of the clocks', async () => {
    const exp = now() + 60;
    const { usableUntil } = await verify(await sign(claims({ exp }), first()));
    expect(usableUntil).toBe((exp + 30) * 1000);
  });

  it('says whose it claims to be before anybody has verified it', async () => {
    expect(claimedIssuerOf(await sign(claims(), first()))).toBe(PROFILE.issuer);
    expect(claimedIssuerOf('a.b.c')).toBeUndefined();
  });
});
