import { readConfig, SETTINGS } from '../../src/config';
import { rowsWith, unquoted } from './support/markdown';
import { readText } from './support/repository';

const rows = rowsWith(readText('docs/configuration.md'), 'setting');
const documented = new Map(rows.map(([name = '', standard = '']) => [unquoted(name), unquoted(standard)]));

const KEY = `k1:${Buffer.alloc(32, 1).toString('base64url')}`;
const NEEDED = {
  DATABASE_URL: 'postgres://user:password@localhost:5432/fdx_consent',
  PUBLIC_URL: 'https://consent.example',
  VAULT_KEYS: KEY,
  PAYLOAD_KEYS: KEY,
};

describe('docs/configuration.md', () => {
  it('has one row for each setting and no other', () => {
    expect(rows.map(([name = '']) => unquoted(name)).sort()).toEqual([...SETTINGS].sort());
  });

  it('names the settings that must be set', () => {
    const faults = faultsOf({});
    // Of the vault's keys it is said where else they may lie.
    const missing = faults.map((fault) => fault.split(',')[0]);
    expect(missing.sort()).toEqual(
      Object.keys(NEEDED)
        .map((name) => `${name} is not set`)
        .sort(),
    );
    for (const name of Object.keys(NEEDED)) expect(documented.get(name)).toBe('none');
  });

  const defaults: Readonly<Record<string, unknown>> = { ...readConfig(NEEDED) };
  it.each(SETTINGS.filter((name) => !(name in NEEDED)))('says the default of %s', (name) => {
    const value = defaults[name];
    // The two kinds of default that SETTINGS can have: a printable one, or nothing.
    expect(documented.get(name)).toBe(value === undefined ? 'none' : String(value as string | number | boolean));
  });

  it('shows a command that makes a valid key', () => {
    const command = /node -e "(console\.log.*)"/.exec(readText('docs/configuration.md'))?.[1];
    expect(command).toBe("console.log('k1:' + crypto.randomBytes(32).toString('base64url'))");
  });
});

function faultsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}
