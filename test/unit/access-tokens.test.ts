import { createHmac, randomBytes } from 'node:crypto';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { createAccessTokens, type AccessTokens } from '../../src/access/access-tokens';
import { accessTokenIssuers } from '../../src/access/issuer-settings';
import { AUDIENCE, TokenIssuer } from './support/token-issuer';

/*
 * Access tokens of a real authorization server, and of somebody who would like to be one.
 */
let issuer: TokenIssuer;
let unreadable: string[];

beforeAll(async () => {
  issuer = await TokenIssuer.start();
});
afterAll(() => issuer.stop());
beforeEach(() => {
  unreadable = [];
  issuer.broken = undefined;
});

function trusting(changes: object = {}): AccessTokens {
  const given = [{ issuer: issuer.issuer, audience: AUDIENCE, jwksUri: issuer.jwksUri, ...changes }];
  return createAccessTokens(accessTokenIssuers.parse(JSON.stringify(given)), {
    proxyUrl: undefined,
    onUnreadable: (name) => unreadable.push(name),
  });
}

const refused = (detail: string) => ({ code: 'token_invalid', detail: expect.stringContaining(detail) as string });

describe('a token that the issuer gave out', () => {
  it('speaks for its client, with the scopes of ours that it names', async () => {
    const token = await issuer.token('budget-bee', 'consents:read data:read openid:else');
    expect(await trusting().verify(token)).toEqual({
      issuer: issuer.issuer,
      clientId: 'budget-bee',
      subject: 'budget-bee',
      scopes: ['consents:read', 'data:read'],
    });
  });

  it('has all scopes where the issuer says nothing of scopes', async () => {
    const token = await issuer.token('budget-bee', 'consents:read');
    expect(await trusting({ scopeClaim: null }).verify(token)).toMatchObject({ scopes: null });
  });

  it('has none where they are looked for in a claim that it has not', async () => {
    const token = await issuer.token('budget-bee', 'consents:read');
    expect(await trusting({ scopeClaim: 'roles' }).verify(token)).toMatchObject({ scopes: [] });
    const made = await issuer.made({ claims: { roles: ['data:read', 7, 'x'] } });
    expect(await trusting({ scopeClaim: 'roles' }).verify(made)).toMatchObject({ scopes: ['data:read'] });
  });

  it.each([
    ['another audience', { audience: 'https://other.example' }, 'aud'],
    ['another algorithm', { algorithms: ['PS256'] }, 'algorithm'],
    ['another claim for the client', { clientIdClaim: 'azp' }, 'azp'],
  ])('is refused where the settings say %s', async (_what, changes, detail) => {
    const token = await issuer.token('budget-bee', 'consents:read');
    await expect(trusting(changes).verify(token)).rejects.toMatchObject(refused(detail));
  });
});

describe('keys', () => {
  it.each(['', '/tenant-1'])(
    'are found by the metadata of an issuer at "%s" (RFC 8414 §3.1, or OpenID Connect)',
    async (path) => {
      const other = await TokenIssuer.start(path);
      const tokens = trusting({ issuer: other.issuer, jwksUri: undefined });
      expect(await tokens.verify(await other.made())).toMatchObject({ clientId: 'budget-bee' });
      const first = other.requests.filter((each) => each.includes('.well-known'))[0];
      expect(first).toBe(`/.well-known/oauth-authorization-server${path}`);
      await other.stop();
    },
  );

  it.each([
    ['of another issuer', { issuer: 'http://127.0.0.1:1', jwks_uri: 'http://127.0.0.1:1/jwks' }],
    ['that send us elsewhere', { jwks_uri: 'http://169.254.169.254/latest/meta-data' }],
    ['without an address', {}],
  ])('are not looked for by metadata %s', async (_what, metadata) => {
    issuer.broken = { status: 200, body: JSON.stringify({ issuer: issuer.issuer, ...metadata }) };
    await expect(trusting({ jwksUri: undefined }).verify(await issuer.made())).rejects.toMatchObject({
      code: 'issuer_unavailable',
    });
  });

  it('are read once for many, and again for a key that is not known, but not for each of them', async () => {
    const tokens = trusting();
    issuer.requests.length = 0;
    await Promise.all(Array.from({ length: 20 }, async () => tokens.verify(await issuer.made())));
    const stranger = await issuer.made({ header: { kid: 'other' } });
    for (let tries = 0; tries < 5; tries += 1)
      await expect(tokens.verify(stranger)).rejects.toMatchObject(refused('no key'));
    expect(issuer.requests).toEqual(['/jwks']);
  });

  it('that are known serve while the issuer is away; nobody else is told more than to come again', async () => {
    const away = await TokenIssuer.start();
    const tokens = trusting({ issuer: away.issuer, jwksUri: away.jwksUri });
    const fresh = trusting({ issuer: away.issuer, jwksUri: away.jwksUri });
    const token = await away.made();
    await tokens.verify(token);
    await away.stop();
    expect(await tokens.verify(token)).toMatchObject({ clientId: 'budget-bee' });
    const unavailable = { code: 'issuer_unavailable', retryAfterSeconds: 10 };
    await expect(fresh.verify(token)).rejects.toMatchObject(unavailable);
    // Asked again at once, nobody waits for an attempt that has just failed.
    await away.startAgain();
    await expect(fresh.verify(token)).rejects.toMatchObject(unavailable);
    expect(unreadable).toEqual([away.issuer]);
    await away.stop();
  });

  it('that are known serve for a day and no longer', async () => {
    const away = await TokenIssuer.start();
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => start);
    const tokens = trusting({ issuer: away.issuer, jwksUri: away.jwksUri });
    const token = await away.made();
    await tokens.verify(token);
    await away.stop();
    clock.mockImplementation(() => start + 23 * 3_600_000);
    expect(await tokens.verify(token)).toMatchObject({ clientId: 'budget-bee' });
    clock.mockImplementation(() => start + 25 * 3_600_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'issuer_unavailable' });
    expect(unreadable).toEqual([away.issuer, away.issuer]);
    clock.mockRestore();
  });

  it.each([
    ['an error', { status: 500 }],
    ['a page', { status: 200, body: '<html>' }],
    ['a redirect', { status: 302 }],
    ['no keys', { status: 200, body: '{}' }],
  ])('cannot be read from %s', async (_what, broken) => {
    const token = await issuer.made();
    issuer.broken = broken;
    await expect(trusting().verify(token)).rejects.toMatchObject({ code: 'issuer_unavailable' });
    expect(unreadable).toEqual([issuer.issuer]);
  });
});

describe('a token is refused', () => {
  const AN_HOUR_AGO = Math.floor(Date.now() / 1000) - 3_600;
  it.each([
    ['that has expired', { expiresIn: -60 }, 'expired'],
    ['without an end', { claims: { exp: undefined } }, 'exp'],
    ['that is not good yet', { claims: { nbf: AN_HOUR_AGO + 7_200 } }, 'nbf'],
    ['for somebody else', { claims: { aud: 'https://other.example' } }, 'aud'],
    ['for nobody', { claims: { aud: undefined } }, 'aud'],
    ['of an issuer that is not trusted', { claims: { iss: 'https://other.example' } }, 'issuer'],
    ['of no issuer', { claims: { iss: undefined } }, 'issuer'],
    ['without a client', { claims: { client_id: undefined } }, 'client_id'],
    ['with a client that is no name', { claims: { client_id: 'a\0b' } }, 'client_id'],
    ['with several clients', { claims: { client_id: ['a', 'b'] } }, 'client_id'],
    ['of another type, as an ID token is', { header: { typ: 'JWT' } }, 'typ'],
    ['bound to a key that nobody proves to have', { claims: { cnf: { jkt: 'x' } } }, 'bound'],
    ['by a key that is not known', { header: { kid: 'other' } }, 'no key'],
  ])('%s', async (_what, made, detail) => {
    await expect(trusting().verify(await issuer.made(made))).rejects.toMatchObject(refused(detail));
  });

  it('signed by another key under the name of a known one', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expect(trusting().verify(await issuer.made({ key: privateKey }))).rejects.toMatchObject(refused('no key'));
  });

  it('that nobody has signed (alg none)', async () => {
    const claims = { aud: AUDIENCE, client_id: 'budget-bee', exp: Math.floor(Date.now() / 1000) + 300 };
    const token = new UnsecuredJWT(claims).setIssuer(issuer.issuer).encode();
    await expect(trusting().verify(token)).rejects.toMatchObject(refused('algorithm'));
  });

  it('signed with the public key as a secret (HS256)', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: issuer.issuer,
      aud: AUDIENCE,
      client_id: 'budget-bee',
      exp: Math.floor(Date.now() / 1000) + 300,
    };
    const body = `${part({ alg: 'HS256', typ: 'at+jwt', kid: 'first' })}.${part(claims)}`;
    const mac = createHmac('sha256', JSON.stringify(issuer.jwk)).update(body).digest('base64url');
    await expect(trusting().verify(`${body}.${mac}`)).rejects.toMatchObject(refused('algorithm'));
  });

  it.each(['a.b.c', '..', `${randomBytes(9).toString('base64url')}.e30.`])('that is none: %s', async (text) => {
    await expect(trusting().verify(text)).rejects.toMatchObject({ code: 'token_invalid' });
  });
});

test('clocks may differ by half a minute', async () => {
  expect(await trusting().verify(await issuer.made({ expiresIn: -20 }))).toMatchObject({ clientId: 'budget-bee' });
});

test('an issuer from before RFC 9068 may be trusted with tokens that say no type', async () => {
  const tokens = trusting({ acceptsPlainJwt: true });
  expect(await tokens.verify(await issuer.made({ header: { typ: 'JWT' } }))).toMatchObject({ clientId: 'budget-bee' });
});

describe('the setting', () => {
  const parse = (changes: object) =>
    accessTokenIssuers.safeParse(JSON.stringify([{ issuer: 'https://login.example', audience: 'us', ...changes }]))
      .success;

  it.each([
    ['plain http', { issuer: 'http://login.example' }],
    ['a fragment', { issuer: 'https://login.example/#a' }],
    ['credentials', { jwksUri: 'https://me:you@login.example/jwks' }],
    ['no signature', { algorithms: ['none'] }],
    ['a shared secret', { algorithms: ['HS256'] }],
    ['no algorithm', { algorithms: [] }],
    ['an unknown member', { audiance: 'us' }],
  ])('refuses %s', (_what, changes) => {
    expect(parse(changes)).toBe(false);
  });

  it('takes an issuer, and no issuer twice', () => {
    expect(parse({})).toBe(true);
    const one = { issuer: 'https://login.example', audience: 'us' };
    expect(accessTokenIssuers.safeParse(JSON.stringify([one, one])).success).toBe(false);
    expect(accessTokenIssuers.safeParse('{').success).toBe(false);
  });
});
