import { z } from 'zod';
import { accessTokenIssuers } from './access/issuer-settings';
import { isDataCluster, type DataCluster } from './domain/clusters';
import type { DurationPolicy } from './domain/grant';
import type { Aggregator } from './domain/party';
import type { RetentionPolicy } from './domain/retention';
import { contactSchema, typedReference } from './evidence/party-schema';
import type { LifePolicy } from './workflows/contract';
import { isThisMachine } from './outbound/loopback';
import { parseKeyRing, type KeyRing } from './store/key-ring';
import { readKeyRingFile } from './store/key-ring-file';
import { KEY_PLACES, type KeyPlace } from './store/key-providers';

const DAY_SECONDS = 86_400;

const keyRingFrom = (read: (text: string) => KeyRing) =>
  z.string().transform((text, context): KeyRing => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'not a key ring' });
      return z.NEVER;
    }
  });
const keyRing = keyRingFrom(parseKeyRing);

/** An id or an ARN, which name one key for good. An alias may name another one tomorrow, and nobody could tell what is left to rewrap. */
const KMS_KEY =
  /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/)?(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().int().positive();
const days = z.coerce.number().int().positive().max(3_650);
/** What versions, commit hashes and dates are made of. Temporal allows more, but not everything in a query or a shell. */
const BUILD_ID = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;
/** Temporal joins the name and the build id with a dot or a colon, so neither may be in the name. */
const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const isSafe = (url: string): boolean =>
  url.startsWith('https:') || (URL.canParse(url) && isThisMachine(new URL(url).hostname));
const originOf = (url: string): string => new URL(url).origin;

/** Everything that can be set from outside, with its default. `docs/configuration.md` is checked against it. */
const schema = z.object({
  /** PostgreSQL, e.g. postgres://user:password@host:5432/fdx_consent */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Whom `fdx-consent migrate` grants what API, workers and commands need: docs/deploy.md. */
  DATABASE_SERVICE_ROLE: z.string().max(63).optional(),
  /** Whether API and worker refuse to start when their database role could change the audit trail, or only say so. */
  AUDIT_PROTECTION: z.enum(['required', 'warn']).default('required'),
  DATABASE_MAX_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(20),
  /** Where people and banks reach the API; `<PUBLIC_URL>/callback` is the redirect URI registered at every bank. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    // Browsers drop the cookie that binds a person to their authorization on plain http, except on this machine.
    .refine(isSafe, 'must be https, except on localhost')
    .transform((url) => url.replace(/\/$/, '')),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** Keys that wrap every consent's own data key: `<kid>:<base64url of 32 bytes>[,…]`, the first one is used for new data. */
  VAULT_KEYS: keyRing.optional(),
  /** The same in a file that only we can read: docs/vault.md. */
  VAULT_KEYS_FILE: keyRingFrom(readKeyRingFile).optional(),
  /** Keys in AWS KMS that wrap instead, separated by commas: the first one wraps, all of them open. */
  VAULT_KMS_KEY_ID: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()) as [string, ...string[]])
    .refine((ids) => ids.every((id) => KMS_KEY.test(id)), 'takes ids or ARNs of keys, no aliases')
    .optional(),
  VAULT_KMS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z0-9]+)+$/, 'takes a region such as us-east-1')
    .optional(),
  /** For a VPC endpoint. Plain http is for this machine only: unwrapped keys travel there. */
  VAULT_KMS_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .refine(isSafe, 'must be https, except on localhost')
    .optional(),
  /** Which of these places wraps, while a move from one to another goes through all processes. */
  VAULT_WRAP_WITH: z.enum(KEY_PLACES).optional(),
  /** Keys that encrypt what Temporal stores, in the same form. */
  PAYLOAD_KEYS: keyRing,
  TEMPORAL_ADDRESS: z.string().default('localhost:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.stringbool().default(false),
  /** HTTP proxy (CONNECT) for every request to a bank, e.g. http://proxy.internal:3128 */
  OUTBOUND_PROXY_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How long a bank may take for an answer; steps that people wait behind allow for no more than ten seconds. */
  OUTBOUND_TIMEOUT_SECONDS: z.coerce.number().positive().max(10).default(10),
  /** For development: webhooks to addresses of this network, and over http to this machine. */
  WEBHOOKS_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** How long a webhook endpoint may take for its answer. */
  WEBHOOKS_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(30).default(15),
  /** After so many days of nothing but failures an endpoint is given up. */
  WEBHOOKS_DISABLE_AFTER_DAYS: days.default(5),
  /** How long the log of deliveries is kept. */
  WEBHOOKS_LOG_DAYS: days.default(30),
  /** Profiles to load at start: a JSON array, or one object. More can be added while running. */
  INSTITUTIONS_FILE: z.string().optional(),
  /** Who we are on disclosures and receipts. */
  AGGREGATOR_NAME: z.string().min(1).max(120).default('FDX Consent'),
  AGGREGATOR_HOME_URI: z.url().optional(),
  /** Where we are registered: REGISTRY:ID:NAME, several separated by semicolons. */
  AGGREGATOR_REGISTRY: z
    .string()
    .transform((text) => text.split(';'))
    .pipe(z.array(typedReference).max(10))
    .optional(),
  /** How we are reached, for the exports that ask for it: docs/receipts.md. */
  AGGREGATOR_CONTACT_NAME: contactSchema.shape.name,
  AGGREGATOR_ADDRESS: contactSchema.shape.address,
  AGGREGATOR_EMAIL: contactSchema.shape.email,
  AGGREGATOR_PHONE: contactSchema.shape.phone,
  AGGREGATOR_POLICY_URL: contactSchema.shape.policyUrl,
  /** Under which law consents are given, for the Kantara export. */
  RECEIPT_JURISDICTION: z.string().trim().min(1).max(100).optional(),
  /** Clusters that this law calls sensitive, for the Kantara export. */
  RECEIPT_SENSITIVE_CLUSTERS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .refine((names) => names.every(isDataCluster), 'takes FDX data clusters separated by commas')
    .transform((names) => names as DataCluster[])
    .default(['CUSTOMER_PERSONAL', 'SOCIAL_SECURITY_NUMBER']),
  /** How long a launch link may wait for the person. */
  AUTHORIZATION_WINDOW_SECONDS: seconds.default(3 * DAY_SECONDS),
  /** 12 CFR 1033.421(b): at most one year. */
  MAX_CONSENT_DAYS: days.default(365),
  MAX_LOOKBACK_DAYS: days.default(3_650),
  ONE_TIME_LIFETIME_SECONDS: seconds.default(3_600),
  /** Days before its deadline at which the application is told that a consent ends. */
  NOTICE_DAYS: z
    .string()
    .regex(/^\d{1,3}(,\d{1,3})*$/, 'days separated by commas, such as 30,14,7,1')
    .transform((text) => text.split(',').map(Number))
    .refine(
      (list) => list.every((each) => each > 0),
      'the notice at the end itself is always given: days are at least 1',
    )
    .default([30, 14, 7, 1]),
  /** How long a bank that does not take a revocation is told again before an operator is asked. */
  REVOCATION_PATIENCE_DAYS: days.default(7),
  /** How long the person's reference and the application's metadata outlive the consent. */
  PERSONAL_DATA_RETENTION_DAYS: days.default(30),
  /** 12 CFR 1033.351(d): at least three years after the latest authorization. */
  EVIDENCE_RETENTION_DAYS: days.default(1_096),
  /** How long applications can read what they were told: longer than webhooks are repeated. */
  EVENT_RETENTION_DAYS: days.min(7).default(30),
  /** Events after which a consent's workflow continues in a new run, so that no history grows long. */
  EVENTS_PER_RUN: z.coerce.number().int().min(50).max(40_000).default(2_000),
  /** How long a browser that came back from the bank is kept waiting for the outcome before a page says to wait. */
  OUTCOME_WAIT_SECONDS: seconds.max(60).default(20),
  /** Who else may say which application asks: a JSON array of issuers of access tokens (docs/access.md). */
  ACCESS_TOKEN_ISSUERS: accessTokenIssuers.optional(),
  /** Requests a minute that an API process takes from one application; an operator may say otherwise for each. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(6_000),
  /** Requests a minute from one address that are answered with 401 before they are answered with 429. */
  AUTHENTICATION_FAILURES_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(60),
  /** How long the answer to a request with an Idempotency-Key is kept for who repeats it. */
  IDEMPOTENCY_RETENTION_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  /** Exact origin of the Temporal UI that may ask for decoded payloads. */
  CODEC_CORS_ORIGIN: z.url().transform(originOf).optional(),
  /** Believe the header Client-Cert (RFC 9440): only behind a proxy that removes it from what comes from outside. */
  CLIENT_CERT_HEADER: z.stringbool().default(false),
  /** Where the worker answers GET /readyz; 0 or absent: nowhere. */
  WORKER_HEALTH_PORT: port.default(0),
  /** Where API and worker answer GET /metrics; 0 or absent: nowhere. */
  METRICS_PORT: port.default(0),
  /** Where the worker shows the metrics of Temporal's SDK; 0 or absent: nowhere. */
  TEMPORAL_METRICS_PORT: port.default(0),
  /** Names our workers to Temporal, all builds together: docs/deploy.md. */
  WORKER_DEPLOYMENT_NAME: z
    .string()
    .regex(DEPLOYMENT_NAME, 'takes letters, digits, hyphens and underscores')
    .default('fdx-consent'),
  /** Which build a worker is. Absent: an unversioned worker, which continues whatever it finds. */
  WORKER_BUILD_ID: z
    .string()
    .regex(BUILD_ID, 'takes letters, digits, dots, plus signs, hyphens and underscores')
    .optional(),
  /** Unix domain socket of the key service, where there is one: docs/keys.md. */
  KEY_SERVICE_SOCKET: z.string().optional(),
  WORKFLOW_BUNDLE: z.string().default('dist/workflow-bundle.js'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Config = z.infer<typeof schema>;

/** What every consent's workflow is told of policy. */
export function lifePolicyOf(config: Config): DurationPolicy & LifePolicy {
  return {
    maxDurationDays: config.MAX_CONSENT_DAYS,
    oneTimeLifetimeSeconds: config.ONE_TIME_LIFETIME_SECONDS,
    noticeDays: config.NOTICE_DAYS,
    revocationPatienceDays: config.REVOCATION_PATIENCE_DAYS,
    personalDataRetentionDays: config.PERSONAL_DATA_RETENTION_DAYS,
    eventsPerRun: config.EVENTS_PER_RUN,
  };
}

export function retentionPolicyOf(config: Config): RetentionPolicy {
  return {
    personalDataRetentionDays: config.PERSONAL_DATA_RETENTION_DAYS,
    evidenceRetentionDays: config.EVIDENCE_RETENTION_DAYS,
    eventRetentionDays: config.EVENT_RETENTION_DAYS,
  };
}

/** What a receipt says of us. */
export function aggregatorOf(config: Pick<Config, `AGGREGATOR_${'NAME' | 'HOME_URI' | 'REGISTRY'}`>): Aggregator {
  const { AGGREGATOR_NAME: name, AGGREGATOR_HOME_URI: homeUri, AGGREGATOR_REGISTRY: registryReferences } = config;
  return { name, ...(homeUri !== undefined && { homeUri }), ...(registryReferences && { registryReferences }) };
}

/** The key service is a program apart: it knows nothing of ours, and we do not know its keys. */
const keyServiceSchema = z.object({
  KEY_SERVICE_SOCKET: z.string(),
  /** Where its private keys lie, sealed. */
  KEY_SERVICE_FILE: z.string(),
  /** Keys that seal them, in the form of VAULT_KEYS. */
  KEY_SERVICE_KEYS: keyRing,
  LOG_LEVEL: schema.shape.LOG_LEVEL,
});

export type KeyServiceConfig = z.infer<typeof keyServiceSchema>;

/**
 * Reads the environment. Only composition roots call this, and the two below.
 *
 * @throws {Error} naming every fault at once, never a value
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  return parse(schema, environment);
}

/** The same for a command, which needs a few settings and does not ask for the others. */
export function readSettings<Name extends keyof Config>(
  environment: NodeJS.ProcessEnv,
  names: readonly Name[],
): Pick<Config, Name> {
  const mask = Object.fromEntries(names.map((name) => [name, true])) as Record<keyof Config, true>;
  return parse(schema.pick(mask), environment);
}

/** Reads settings by name; whoever asks needs those, and no others. */
export interface Settings {
  /** @throws {Error} naming every fault of these at once, never a value */
  <Name extends keyof Config>(...names: readonly Name[]): Pick<Config, Name>;
  /** @throws {Error} the same of all of them, as API and workers read them */
  readonly all: () => Config;
}

export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const some = <Name extends keyof Config>(...names: readonly Name[]) => readSettings(environment, names);
  return Object.assign(some, { all: () => readConfig(environment) });
}

export function readKeyServiceConfig(environment: NodeJS.ProcessEnv): KeyServiceConfig {
  return parse(keyServiceSchema, environment);
}

function parse<Output>(settings: z.ZodType<Output>, environment: NodeJS.ProcessEnv): Output {
  // An empty variable means "not set": compose files and shells produce them easily.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  const vaultFaults = settings instanceof z.ZodObject && 'VAULT_KEYS' in settings.shape ? faultsOfVault(given) : [];
  if (parsed.success && vaultFaults.length === 0) return parsed.data;
  const faults = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.');
    return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
  });
  faults.push(...vaultFaults);
  throw new Error(`The configuration has faults (see docs/configuration.md):\n  ${faults.join('\n  ')}`);
}

const SETTING_OF: Readonly<Record<KeyPlace, keyof Config>> = {
  kms: 'VAULT_KMS_KEY_ID',
  file: 'VAULT_KEYS_FILE',
  environment: 'VAULT_KEYS',
};

/** What one setting cannot say by itself. */
function faultsOfVault(given: NodeJS.ProcessEnv): readonly string[] {
  const faults: string[] = [];
  const wrapping = KEY_PLACES.find((place) => place === given['VAULT_WRAP_WITH']);
  if (KEY_PLACES.every((place) => given[SETTING_OF[place]] === undefined)) {
    faults.push('VAULT_KEYS is not set, nor VAULT_KEYS_FILE or VAULT_KMS_KEY_ID');
  } else if (wrapping && given[SETTING_OF[wrapping]] === undefined) {
    faults.push(`VAULT_WRAP_WITH: ${SETTING_OF[wrapping]} is not set`);
  }
  const hasKms = given['VAULT_KMS_KEY_ID'] !== undefined;
  if (hasKms && given['VAULT_KMS_REGION'] === undefined) faults.push('VAULT_KMS_REGION is not set');
  return faults;
}

/** Every name, for the documentation check. */
export const SETTINGS = [...new Set([...Object.keys(schema.shape), ...Object.keys(keyServiceSchema.shape)])];
