import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { SIGNATURE_ALGORITHMS } from '../../src/domain/institution';
import { generateSigningKey, localSigner } from '../../src/fapi/client-keys';
import { signCompact } from '../../src/fapi/signer';

describe.each(SIGNATURE_ALGORITHMS)('a %s key of ours', (algorithm) => {
  it('signs what the published half of it verifies, and names itself', async () => {
    const { publicJwk, privateJwk } = await generateSigningKey(algorithm);
    const signer = await localSigner(algorithm, publicJwk, privateJwk);
    const jws = await signCompact(signer, { typ: 'example+jwt' }, { sub: 'somebody' });
    expect(decodeProtectedHeader(jws)).toEqual({ typ: 'example+jwt', alg: algorithm, kid: publicJwk.kid });
    const { payload } = await compactVerify(jws, await importJWK(publicJwk, algorithm));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ sub: 'somebody' });
  });

  it('publishes no private member, and at least 2048 bits where it is RSA (FAPI 2.0 §5.4.1)', async () => {
    const { publicJwk } = await generateSigningKey(algorithm);
    expect(Object.keys(publicJwk)).not.toEqual(expect.arrayContaining(['d']));
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(publicJwk).not.toHaveProperty(name);
    expect(publicJwk).toMatchObject({ alg: algorithm, use: 'sig' });
    if (publicJwk.n !== undefined) expect(Buffer.from(publicJwk.n, 'base64url').length).toBeGreaterThanOrEqual(256);
  });
});

it('bytes are signed as they are', async () => {
  const { publicJwk, privateJwk } = await generateSigningKey('ES256');
  const bytes = new TextEncoder().encode('{ "spaces":  "kept" }');
  const jws = await signCompact(await localSigner('ES256', publicJwk, privateJwk), {}, bytes);
  expect((await compactVerify(jws, await importJWK(publicJwk, 'ES256'))).payload).toEqual(bytes);
});
