import { parse } from 'yaml';
import { readText } from './repository';

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: Condition }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly container_name?: string;
  readonly read_only?: boolean;
  readonly user?: string;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The file as Compose reads it: anchors and merge keys resolved, variables not yet. */
export function readComposeFile(): ComposeFile {
  return parse(readText('docker-compose.yml'), { merge: true }) as ComposeFile;
}

interface Variable {
  readonly name: string;
  /** What stands for it when it is not set; undefined for one that must be. */
  readonly fallback: string | undefined;
}

const VARIABLE = /(?<!\$)\$\{([A-Z_]+)(?:(:[-?])([^}]*))?\}/g;

export function variablesOf(text: string): readonly Variable[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '', operator, word = '']) => ({
    name,
    fallback: operator === ':-' ? word : undefined,
  }));
}

/** Puts values in place of variables, as Compose does. */
export function interpolated(text: string, values: Readonly<Record<string, string>>): string {
  return text
    .replace(VARIABLE, (_whole, name: string, operator: string | undefined, word: string) => {
      const value = values[name] ?? (operator === ':-' ? word : undefined);
      if (value === undefined) throw new Error(`${name} is not set`);
      return value;
    })
    .replaceAll('$$', '$');
}

/** The environment that the container of a service gets. */
export function environmentOf(service: Service, values: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(service.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, interpolated(String(value), values)]));
}
