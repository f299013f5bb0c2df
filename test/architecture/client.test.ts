import { spawnSync } from 'node:child_process';
import { compiled } from '../../scripts/setup/repository';
import { readText } from './support/repository';

describe('the client', () => {
  it('has the types that the contract makes now: else npm run build && npm run client:generate', () => {
    // A process of its own: the generator is an ES module, and jest runs CommonJS.
    const { status, stderr } = spawnSync(process.execPath, [compiled('scripts/generate-client.js'), '--check']);
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it('depends on nothing of the service', () => {
    const { dependencies } = JSON.parse(readText('packages/client/package.json')) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(['openapi-fetch', 'standardwebhooks']);
  });
});
