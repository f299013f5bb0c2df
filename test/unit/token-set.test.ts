import type { IDToken, TokenEndpointResponse } from 'openid-client';
import { tokenSetOf } from '../../src/fapi/token-set';

const jwt = (claims: object) =>
  ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
const response = (more: object = {}) =>
  ({ access_token: 'opaque', token_type: 'dpop', ...more }) as TokenEndpointResponse;
const idToken = (more: object) =>
  ({ iss: 'https://bank.example', sub: 'x', aud: 'us', iat: 1, exp: 2, ...more }) as IDToken;

describe('a token response in our words', () => {
  it('says nothing that the bank did not say', () => {
    expect(tokenSetOf(response(), undefined)).toEqual({ accessToken: 'opaque' });
  });

  it('keeps tokens, lifetime, scope and authorization details', () => {
    const details = [{ type: 'fdx_v1.0' }];
    expect(
      tokenSetOf(
        response({ refresh_token: 'r', expires_in: 900, scope: 'a b', authorization_details: details }),
        idToken({ auth_time: 7, acr: 'sca' }),
      ),
    ).toEqual({
      accessToken: 'opaque',
      refreshToken: 'r',
      expiresInSeconds: 900,
      scope: 'a b',
      authorizationDetails: details,
      authentication: { authTime: 7, acr: 'sca' },
    });
  });

  it.each([
    ['grant_id', response({ grant_id: 'g', fdxConsentId: 'f' }), undefined, 'g'],
    ['fdxConsentId beside the tokens', response({ fdxConsentId: 'f' }), idToken({ fdxConsentId: 'i' }), 'f'],
    ['the access token', response({ access_token: jwt({ fdxConsentId: 'a' }) }), idToken({ fdxConsentId: 'i' }), 'a'],
    ['the ID token', response(), idToken({ fdxConsentId: 'i' }), 'i'],
    ['nowhere when it is no text', response({ grant_id: 42, fdxConsentId: '' }), undefined, undefined],
    ['nowhere when it is too long', response({ grant_id: 'g'.repeat(257) }), undefined, undefined],
  ])('finds the bank’s consent id in %s', (_place, tokens, id, expected) => {
    expect(tokenSetOf(tokens, id).bankConsentId).toBe(expected);
  });
});
