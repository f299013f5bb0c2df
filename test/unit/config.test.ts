import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/config';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const COMPLETE = {
  DATABASE_URL: 'postgres://user:password@localhost:5432/fdx_consent',
  PUBLIC_URL: 'https://consent.example/',
  VAULT_KEYS: `vault:${KEY}`,
  PAYLOAD_KEYS: `payload:${KEY}`,
};

const KMS_KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KMS_KEY_ARN = `arn:aws:kms:us-east-1:111122223333:key/${KMS_KEY_ID}`;

const directory = mkdtempSync(path.join(os.tmpdir(), 'fdx-consent-config-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function ringFile(mode: number): string {
  const file = path.join(directory, `ring-${mode.toString(8)}`);
  writeFileSync(file, `k1:${KEY}\n`);
  chmodSync(file, mode);
  return file;
}

function faultsOf(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe('the configuration', () => {
  it('needs four settings and fills in the rest', () => {
    const config = readConfig(COMPLETE);
    expect(config).toMatchObject({
      PUBLIC_URL: 'https://consent.example',
      PORT: 3_000,
      HOST: '127.0.0.1',
      MAX_CONSENT_DAYS: 365,
      TEMPORAL_ADDRESS: 'localhost:7233',
      TEMPORAL_TLS: false,
      LOG_LEVEL: 'info',
    });
    expect(config.VAULT_KEYS?.current.kid).toBe('vault');
  });

  it('reports every fault at once, by name', () => {
    const faults = faultsOf({
      ...COMPLETE,
      DATABASE_URL: undefined,
      PORT: '70000',
      PAYLOAD_KEYS: 'x',
      LOG_LEVEL: 'loud',
    });
    for (const fault of ['DATABASE_URL is not set', 'PORT: ', 'PAYLOAD_KEYS: entry 1', 'LOG_LEVEL: ']) {
      expect(faults).toContain(fault);
    }
    expect(faults).not.toContain('VAULT_KEYS');
  });

  it('never repeats a value: settings are secrets', () => {
    const canary = 'canary0123456789';
    const environment = {
      DATABASE_URL: `mysql://user:${canary}@localhost/x`,
      PUBLIC_URL: `ftp://${canary}`,
      VAULT_KEYS: `${canary}:short`,
      PAYLOAD_KEYS: `payload:${KEY},${canary}`,
      PORT: canary,
      TEMPORAL_TLS: canary,
      LOG_LEVEL: canary,
      CODEC_CORS_ORIGIN: canary,
      AGGREGATOR_HOME_URI: canary,
    };
    const faults = faultsOf(environment);
    for (const name of Object.keys(environment)) expect(faults).toContain(name);
    expect(faults).not.toContain('canary');
  });

  it.each([
    ['a file', { VAULT_KEYS_FILE: ringFile(0o600) }, 'none'],
    ['a key in KMS', { VAULT_KMS_KEY_ID: KMS_KEY_ID, VAULT_KMS_REGION: 'us-east-1' }, 'none'],
    ['its ARN', { VAULT_KMS_KEY_ID: KMS_KEY_ARN, VAULT_KMS_REGION: 'us-east-1' }, 'none'],
    ['nothing', {}, 'VAULT_KEYS is not set, nor VAULT_KEYS_FILE or VAULT_KMS_KEY_ID'],
    ['a key in KMS without a region', { VAULT_KMS_KEY_ID: KMS_KEY_ID }, 'VAULT_KMS_REGION is not set'],
    [
      'a place to wrap that is not there',
      { VAULT_KEYS_FILE: ringFile(0o600), VAULT_WRAP_WITH: 'kms' },
      'VAULT_WRAP_WITH: VAULT_KMS_KEY_ID is not set',
    ],
    ['an alias', { VAULT_KMS_KEY_ID: 'alias/vault', VAULT_KMS_REGION: 'us-east-1' }, 'VAULT_KMS_KEY_ID: takes ids'],
    ['a file that others can read', { VAULT_KEYS_FILE: ringFile(0o640) }, 'VAULT_KEYS_FILE: others can read the file'],
    [
      'a file that is not there',
      { VAULT_KEYS_FILE: '/nowhere/keys' },
      'VAULT_KEYS_FILE: the file cannot be read (ENOENT)',
    ],
  ])('takes wrapping keys from one place at least: %s', (_what, settings, fault) => {
    expect(faultsOf({ ...COMPLETE, VAULT_KEYS: undefined, ...settings })).toContain(fault);
  });

  it('sends unwrapped keys over plain http to this machine only', () => {
    const kms = { ...COMPLETE, VAULT_KMS_KEY_ID: KMS_KEY_ID, VAULT_KMS_REGION: 'eu-central-1' };
    expect(faultsOf({ ...kms, VAULT_KMS_ENDPOINT: 'http://kms.example' })).toContain(
      'VAULT_KMS_ENDPOINT: must be https',
    );
    expect(faultsOf({ ...kms, VAULT_KMS_ENDPOINT: 'http://localhost:4566' })).toBe('none');
  });

  it('tells faults of the vault together with all others', () => {
    const faults = faultsOf({ ...COMPLETE, VAULT_KEYS: undefined, PORT: '70000' });
    for (const fault of ['VAULT_KEYS is not set', 'PORT: ']) expect(faults).toContain(fault);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...COMPLETE, PORT: '', TEMPORAL_API_KEY: '' })).toMatchObject({ PORT: 3_000 });
    expect(faultsOf({ ...COMPLETE, PUBLIC_URL: '' })).toContain('PUBLIC_URL is not set');
  });

  it('ignores what is not ours', () => {
    expect(readConfig({ ...COMPLETE, PATH: '/usr/bin' })).not.toHaveProperty('PATH');
  });

  it('reduces the codec origin to an origin', () => {
    const config = readConfig({ ...COMPLETE, CODEC_CORS_ORIGIN: 'https://temporal.example/namespaces' });
    expect(config.CODEC_CORS_ORIGIN).toBe('https://temporal.example');
  });
});
