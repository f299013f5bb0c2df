/**
 * Libraries that ship ES modules only; jest runs CommonJS, so swc transforms them too. One that fails with "Cannot use
 * import statement outside a module" belongs on this list.
 */
const ESM_ONLY = ['openid-client', 'oauth4webapi', 'jose', 'oidc-provider', 'uuid', 'get-port', 'eventsource-parser'];

const swc = {
  swcrc: false,
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '\\.(js|ts)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    `/node_modules/(?!(${ESM_ONLY.join('|')})/)`,
    '<rootDir>/dist/',
    '<rootDir>/packages/client/dist/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.fdx-consent/'],
};

/** Tests that cross processes. */
const PROCESSES = { setupFilesAfterEnv: ['<rootDir>/test/setup/second-chance.ts'] };
/** One stack for the whole run, started only when a project that needs it has tests to run: jest asks per project. */
const SHARED_STACK = {
  ...PROCESSES,
  globalSetup: '<rootDir>/test/setup/shared-stack-setup.ts',
  globalTeardown: '<rootDir>/test/setup/shared-stack-teardown.ts',
};
const BROWSER = { ...SHARED_STACK, globalSetup: '<rootDir>/test/setup/browser-setup.ts' };

function project(name, testTimeout, more = {}) {
  return { ...base, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`], testTimeout, ...more };
}

// A heavy test loads the Temporal SDK or oidc-provider, which takes seconds of one of two cores, and waits for servers.
const LIGHT_MS = 10_000;
const HEAVY_MS = 60_000;

module.exports = {
  // In the order in which they run: what fails fast comes first.
  projects: [
    project('unit', LIGHT_MS),
    project('architecture', HEAVY_MS),
    project('setup', HEAVY_MS, PROCESSES),
    project('sandbox', HEAVY_MS, PROCESSES),
    project('fapi', HEAVY_MS, PROCESSES),
    project('replay', HEAVY_MS),
    project('workflow', HEAVY_MS),
    project('integration', HEAVY_MS, SHARED_STACK),
    project('browser', HEAVY_MS, BROWSER),
  ],
  // jest reads this here and nowhere else: a project's own testTimeout is ignored by jest-circus 30.
  testTimeout: HEAVY_MS,
  // Two cores, and the servers under test need their share of them.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/setup/project-sequencer.cjs',
  reporters: [
    'default',
    '<rootDir>/test/setup/second-chance-reporter.cjs',
    '<rootDir>/test/setup/closing-line-reporter.cjs',
  ],
  // A worker that swallowed half of the SDKs is replaced before the machine feels it.
  workerIdleMemoryLimit: '2GB',
};
