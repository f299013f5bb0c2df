import { compiled } from '../setup/repository';
import type { Site } from './site';

/**
 * What of our own environment reaches the processes. Everything else stays out, so that a variable in somebody's shell
 * never decides how a test ends.
 */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_OPTIONS', 'LOG_LEVEL', 'SystemRoot'];

export function passedOn(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const entries = PASSED_ON.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** The variables that API, worker and command share. */
export function productEnvironment(site: Site, databaseUrl: string): Record<string, string> {
  return {
    ...passedOn(),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: site.temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    PUBLIC_URL: site.publicUrl,
    HOST: '127.0.0.1',
    INSTITUTIONS_FILE: site.institutionsFile,
    WORKFLOW_BUNDLE: compiled('workflow-bundle.js'),
    ...(site.temporalUiUrl && { CODEC_CORS_ORIGIN: site.temporalUiUrl }),
    ...site.secrets,
  };
}
