import { digestOf } from '../../src/evidence/canonical';
import { requestDigestOf } from '../../src/fapi/request-digest';

const PARAMETERS = {
  client_id: 'c',
  state: 's',
  '10': 'x',
  9: 'y',
  details: '[{"a":"€ \u2028"}]',
  é: '1',
  'e\u0301': '2',
};

describe('the digest of a pushed request', () => {
  it('is that of its parameters in canonical form (RFC 8785), in whatever order they came', () => {
    const body = new URLSearchParams(Object.entries(PARAMETERS).reverse());
    expect(requestDigestOf(body)).toBe(digestOf(PARAMETERS));
    expect(requestDigestOf(body.toString())).toBe(digestOf(PARAMETERS));
  });

  it('says nothing of how we authenticated, which is new with every attempt', () => {
    const body = new URLSearchParams({ ...PARAMETERS, client_assertion: 'a.b.c', client_assertion_type: 'jwt' });
    expect(requestDigestOf(body)).toBe(digestOf(PARAMETERS));
  });

  it('is another one as soon as one parameter is', () => {
    expect(requestDigestOf(new URLSearchParams({ ...PARAMETERS, state: 't' }))).not.toBe(digestOf(PARAMETERS));
  });
});
