import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BankClient, clientsFile } from './clients';

export interface SandboxConfig {
  bankName: string;
  host: string;
  port: number;
  /** Where the bank says it lives: an origin, because every endpoint hangs directly below it. */
  issuer: string;
  tls: { certificate: string; key: string };
  clients: BankClient[];
  /** The door for mutual TLS, with the authority whose client certificates count there. */
  mutualTls: { port: number; url: string; clientCa: string } | undefined;
  controlPort: number | undefined;
  databaseUrl: string | undefined;
  /** RFC 7591 §3: without it anybody may register a client. */
  initialAccessToken: string | undefined;
}

const port = z.coerce.number().int().min(1).max(65_535);

/** A path in the environment, read and parsed here so that a missing file is one more line of the same report. */
const file = <Parsed>(parse: (content: string) => Parsed) =>
  z.string().transform((path, context): Parsed => {
    try {
      return parse(readFileSync(path, 'utf8'));
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });

/** @throws {Error} for a file that holds none */
function certificate(pem: string): string {
  new X509Certificate(pem);
  return pem;
}

const environment = z
  .object({
    SANDBOX_BANK_NAME: z.string().min(1).default('Sandbox Bank'),
    SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
    SANDBOX_PORT: port.default(9443),
    SANDBOX_ISSUER: z
      .url({ protocol: /^https$/ })
      .refine((url) => new URL(url).origin === url, 'must be an https origin: no path and no trailing slash')
      .optional(),
    SANDBOX_TLS_CERT_FILE: file((pem) => pem),
    SANDBOX_TLS_KEY_FILE: file((pem) => pem),
    SANDBOX_CLIENTS_FILE: file((json) => clientsFile.parse(JSON.parse(json))),
    SANDBOX_MTLS_PORT: port.optional(),
    SANDBOX_CLIENT_CA_FILE: file(certificate).optional(),
    SANDBOX_CONTROL_PORT: port.optional(),
    SANDBOX_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    SANDBOX_INITIAL_ACCESS_TOKEN: z.string().min(16).optional(),
  })
  // Without one of our own Node takes every public authority's word for who a client is.
  .refine((settings) => settings.SANDBOX_MTLS_PORT === undefined || settings.SANDBOX_CLIENT_CA_FILE !== undefined, {
    path: ['SANDBOX_CLIENT_CA_FILE'],
    message: 'needed by SANDBOX_MTLS_PORT',
    // One more line of the same report, whatever else is wrong.
    when: () => true,
  });

/** All faults of the environment at once: nobody should have to start the bank five times to learn five names. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
}

export function readConfig(env: NodeJS.ProcessEnv): SandboxConfig {
  const parsed = environment.safeParse(withoutBlanks(env));
  if (!parsed.success) {
    throw new ConfigurationFault(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const settings = parsed.data;
  const issuer = settings.SANDBOX_ISSUER ?? `https://localhost:${settings.SANDBOX_PORT}`;
  return {
    bankName: settings.SANDBOX_BANK_NAME,
    host: settings.SANDBOX_HOST,
    port: settings.SANDBOX_PORT,
    issuer,
    tls: { certificate: settings.SANDBOX_TLS_CERT_FILE, key: settings.SANDBOX_TLS_KEY_FILE },
    clients: settings.SANDBOX_CLIENTS_FILE,
    mutualTls: mutualTlsAt(issuer, settings.SANDBOX_MTLS_PORT, settings.SANDBOX_CLIENT_CA_FILE),
    controlPort: settings.SANDBOX_CONTROL_PORT,
    databaseUrl: settings.SANDBOX_DATABASE_URL,
    initialAccessToken: settings.SANDBOX_INITIAL_ACCESS_TOKEN,
  };
}

/** Under the bank's own name, since the server certificate is the same. */
function mutualTlsAt(
  issuer: string,
  port: number | undefined,
  clientCa: string | undefined,
): SandboxConfig['mutualTls'] {
  if (port === undefined || clientCa === undefined) return undefined;
  return { port, url: `https://${new URL(issuer).hostname}:${port}`, clientCa };
}

/** `SANDBOX_CONTROL_PORT=` in an env file means "not set". */
const withoutBlanks = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
