import { compiled } from '../setup/repository';
import { PRODUCT_DATABASE, type Databases } from './databases';
import type { Site } from './site';

/**
 * What of our own environment reaches the processes. Everything else stays out, so that a variable in somebody's shell
 * never decides how a test ends.
 */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_OPTIONS', 'LOG_LEVEL', 'SystemRoot'];

/** Who an aggregator is that nobody has to look for: receipts name all parties with their registers. */
const AGGREGATOR = {
  AGGREGATOR_HOME_URI: 'https://aggregator.example',
  AGGREGATOR_REGISTRY: 'PRIVATE:aggregator-1:FDX Consent, Inc.',
  AGGREGATOR_CONTACT_NAME: 'Privacy office',
  AGGREGATOR_ADDRESS: '1 Example Street, Springfield',
  AGGREGATOR_EMAIL: 'privacy@aggregator.example',
  AGGREGATOR_PHONE: '+1 555 0100',
  AGGREGATOR_POLICY_URL: 'https://aggregator.example/privacy',
  RECEIPT_JURISDICTION: 'US',
};

/** Tests and demonstrations come from one application and one address, and much faster than people. */
const LIMITS = { RATE_LIMIT_PER_MINUTE: '1000000', AUTHENTICATION_FAILURES_PER_MINUTE: '1000000' };

export function passedOn(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const entries = PASSED_ON.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** The variables that API, worker and command share. */
export function productEnvironment(site: Site, databases: Databases): Record<string, string> {
  const { serviceRole } = databases;
  return {
    ...passedOn(),
    DATABASE_URL: serviceRole?.url ?? databases.url(PRODUCT_DATABASE),
    ...(!serviceRole && { AUDIT_PROTECTION: 'warn' }),
    TEMPORAL_ADDRESS: site.temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    PUBLIC_URL: site.publicUrl,
    HOST: '127.0.0.1',
    // Receivers of webhooks run on this machine.
    WEBHOOKS_ALLOW_PRIVATE_ADDRESSES: 'true',
    INSTITUTIONS_FILE: site.institutionsFile,
    WORKFLOW_BUNDLE: compiled('workflow-bundle.js'),
    ...(site.temporalUiUrl && { CODEC_CORS_ORIGIN: site.temporalUiUrl }),
    ...AGGREGATOR,
    ...LIMITS,
    ...site.secrets,
  };
}

/** The same for `migrate`, which the owner of the tables runs. */
export function ownersEnvironment(environment: Record<string, string>, databases: Databases): Record<string, string> {
  const role = databases.serviceRole?.name;
  return {
    ...environment,
    DATABASE_URL: databases.url(PRODUCT_DATABASE),
    ...(role !== undefined && { DATABASE_SERVICE_ROLE: role }),
  };
}
