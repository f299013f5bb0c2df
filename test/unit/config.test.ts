import { readConfig } from '../../src/config';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const COMPLETE = {
  DATABASE_URL: 'postgres://user:password@localhost:5432/fdx_consent',
  PUBLIC_URL: 'https://consent.example/',
  VAULT_KEYS: `vault:${KEY}`,
  PAYLOAD_KEYS: `payload:${KEY}`,
};

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
    expect(config.VAULT_KEYS.current.kid).toBe('vault');
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
