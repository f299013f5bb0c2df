import { execFileSync } from 'node:child_process';
import { readText, repositoryFiles } from './support/repository';

const files = repositoryFiles();
const TEXT = /\.(ts|cjs|mjs|js|json|md|yml|yaml|sh|sql|css|html)$|^[^.]*$|^\.[a-z]+$|\/run$/;

/**
 * Put together from parts, so that this file is not its own finding: folders of one machine, tools that only one workplace
 * has, and addresses of package registries other than the two public names that may be printed in documentation.
 */
const FORBIDDEN: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a folder of one machine', pattern: /(^|[\s'"`(=:])\/(work|home\/[a-z]+|Users\/[a-z]+|root)\//m },
  { what: 'a tool of one workplace', pattern: new RegExp(['\\.', 'library/|\\bissues ', 'show\\b'].join('')) },
  {
    what: 'the address of a package registry',
    pattern: new RegExp(['https?://[^\\s/]*', '(registry|pypi|mirror|proxy\\.golang)'].join('')),
  },
  {
    what: 'a private key',
    pattern: new RegExp(['-----BEGIN ', '[A-Z ]*PRIVATE KEY-----\\n[A-Za-z0-9+/=]{20}'].join('')),
  },
  { what: 'an API key of ours', pattern: /\bfdxc_(app|op)_[A-Za-z0-9_-]{43}\b/ },
];

describe('files in git', () => {
  it('are listed at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files).toContain('package.json');
  });

  it.each(FORBIDDEN)('hold nothing like $what', ({ pattern }) => {
    const found = files.filter((file) => TEXT.test(file)).filter((file) => pattern.test(readText(file)));
    expect(found).toEqual([]);
  });

  it('are no environment files, keys or certificates', () => {
    expect(files.filter((file) => /(^|\/)\.env|\.(pem|key|p12|pfx|log)$/.test(file))).toEqual([]);
  });

  it('leave .env out, where the compose secrets lie', () => {
    const ignored = execFileSync('git', ['check-ignore', '--no-index', '.env', '.fdx-consent/x'], { encoding: 'utf8' });
    expect(ignored.trim().split('\n')).toEqual(['.env', '.fdx-consent/x']);
  });
});
