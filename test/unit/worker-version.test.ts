import { readConfig } from '../../src/config';
import { deploymentVersionOf, versioningOptions } from '../../src/temporal/worker-version';

const KEY = `k1:${Buffer.alloc(32, 1).toString('base64url')}`;
const NEEDED = {
  DATABASE_URL: 'postgres://user:password@localhost:5432/fdx_consent',
  PUBLIC_URL: 'https://consent.example',
  VAULT_KEYS: KEY,
  PAYLOAD_KEYS: KEY,
};

describe('a worker', () => {
  it.each([undefined, ''])('without a build id (%p) is unversioned', (WORKER_BUILD_ID) => {
    const config = readConfig({ ...NEEDED, WORKER_BUILD_ID });
    expect(deploymentVersionOf(config)).toBeUndefined();
    expect(versioningOptions(config)).toEqual({});
  });

  it('with a build id pins every run to that build', () => {
    const config = readConfig({ ...NEEDED, WORKER_BUILD_ID: '1.4.0-rc.1+3f9c2ab' });
    expect(versioningOptions(config)).toEqual({
      workerDeploymentOptions: {
        useWorkerVersioning: true,
        version: { deploymentName: 'fdx-consent', buildId: '1.4.0-rc.1+3f9c2ab' },
        defaultVersioningBehavior: 'PINNED',
      },
    });
  });

  it.each([
    ['WORKER_BUILD_ID', "1' OR '1"],
    ['WORKER_BUILD_ID', '__unversioned__'],
    ['WORKER_BUILD_ID', 'x'.repeat(129)],
    ['WORKER_DEPLOYMENT_NAME', 'fdx.consent'],
    ['WORKER_DEPLOYMENT_NAME', 'fdx:consent'],
  ])('does not start with %s=%s', (name, value) => {
    expect(() => readConfig({ ...NEEDED, [name]: value })).toThrow(`${name}: takes letters, digits`);
  });
});
