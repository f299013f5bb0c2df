import { spawnSync } from 'node:child_process';
import { compiled } from '../../scripts/setup/repository';
import { readText, repositoryRoot } from './support/repository';

describe('the client', () => {
  it('has the types that the contract makes now: else npm run build && npm run client:generate', () => {
    // A process of its own: the generator is an ES module, and jest runs CommonJS.
    const { status, stderr } = spawnSync(process.execPath, [compiled('scripts/generate-client.js'), '--check']);
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it('goes out with a README and the licences that ask for it', () => {
    const npm = spawnSync('npm', ['pack', '--dry-run', '--json', '--workspace', '@fdx-consent/client'], {
      cwd: repositoryRoot,
    });
    const [packed] = JSON.parse(npm.stdout.toString()) as { files: { path: string }[] }[];
    const files = packed?.files.map((file) => file.path) ?? [];
    expect(files).toEqual(expect.arrayContaining(['README.md', 'dist/LICENSE', 'dist/LICENSE.eventsource-parser']));
    expect(files.filter((file) => !/^(package\.json|README\.md|dist\/)/.test(file))).toEqual([]);
  });

  it('depends on nothing of the service', () => {
    const { dependencies } = JSON.parse(readText('packages/client/package.json')) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(['openapi-fetch', 'standardwebhooks']);
  });
});
