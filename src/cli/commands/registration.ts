import { readFileSync } from 'node:fs';
import { ConsentFailure, FAILURES } from '../../domain/failures';
import type { InstitutionId } from '../../domain/ids';
import type { RegistrationTerms } from '../../domain/registration';
import { parseRegistrationTerms } from '../../institutions/registration-file';
import { registrationView, type RegistrationView } from '../../institutions/registration-view';
import type { Database } from '../../store/database';
import { sealFor } from '../../store/registration-secrets';
import { findRegistration } from '../../store/registrations';
import { createTemporalClient } from '../../temporal/connection';
import { createRegistrations } from '../../temporal/registrations';
import type { RegistrationOperation, RegistrationResult } from '../../workflows/registration-contract';
import { UsageError } from '../command-errors';
import { vaultOf, withDatabase, type Command, type CommandResult, type Settings, type Values } from '../command';

/** Registering at banks that let clients register themselves: a workflow does it, these start it and wait. */
export const REGISTRATION_COMMANDS: readonly Command[] = [
  {
    words: ['institutions', 'register'],
    examples: ['first-bank.registration.json --initial-access-token-file token'],
    synopsis: 'FILE [--initial-access-token-file FILE]',
    summary: 'register at a bank (RFC 7591) and make it usable',
    options: {
      'initial-access-token-file': {
        type: 'string',
        value: 'FILE',
        about: 'the token with which the bank lets us register',
      },
    },
    changes: true,
    run: (values, [file], settings) =>
      withProduct(settings, async (config, database) => {
        const terms = termsIn(file, 'institutions register FILE');
        const { id } = terms.template;
        const token = initialAccessTokenIn(values['initial-access-token-file']);
        const vault = vaultOf(settings, database);
        const sealed = token && (await sealFor(database, vault, id, 'initial-access-token', token));
        const operation = { kind: 'register', terms, ...(sealed && { sealedInitialAccessToken: sealed }) } as const;
        return runOperation(config, id, operation, values);
      }),
  },
  {
    words: ['institutions', 'registration', 'show'],
    examples: ['first-bank'],
    synopsis: 'ID',
    summary: 'how our registration at a bank stands',
    changes: false,
    run: (_values, [id], settings) =>
      withProduct(settings, async (_config, database) => {
        const row = await findRegistration(database, idIn(id, 'show'));
        if (!row) throw new ConsentFailure('registration_not_found');
        const view = registrationView(row);
        return { text: textOf(view), value: view };
      }),
  },
  {
    words: ['institutions', 'registration', 'update'],
    examples: ['first-bank first-bank.registration.json'],
    synopsis: 'ID [FILE]',
    summary: 'bring what the bank has registered in line with the profile, or with a changed file (RFC 7592)',
    changes: true,
    run: (values, [id, file], settings) =>
      withProduct(settings, async (config) => {
        const institutionId = idIn(id, 'update');
        const terms = file === undefined ? undefined : termsIn(file, '');
        if (terms && terms.template.id !== institutionId)
          throw new UsageError(`${file ?? ''} is about ${terms.template.id}.`);
        return runOperation(config, institutionId, { kind: 'update', ...(terms && { terms }) }, values);
      }),
  },
  {
    words: ['institutions', 'registration', 'delete'],
    examples: ['first-bank'],
    synopsis: 'ID [--force]',
    summary: 'end our registration at a bank (RFC 7592); the institution is not offered any more',
    options: { force: { type: 'boolean', about: 'also when something stands against it' } },
    changes: true,
    run: (values, [id], settings) =>
      withProduct(settings, (config) =>
        runOperation(config, idIn(id, 'delete'), { kind: 'delete', force: values['force'] === true }, values),
      ),
  },
];

/** Starts the workflow and waits, printing each step as it happens; with `--json` only the result, at the end. */
async function runOperation(
  config: ProductSettings,
  institutionId: InstitutionId,
  operation: RegistrationOperation,
  { json }: Values,
): Promise<CommandResult> {
  const client = createTemporalClient(config);
  try {
    const started = await createRegistrations(client).start(institutionId, operation);
    const say = (line: string): void => {
      if (json !== true) process.stdout.write(`${line}\n`);
    };
    say(`${operation.kind} ${institutionId}: workflow ${started.workflowId} (it goes on without this command)`);
    const result = await started.result(({ at, text }) => {
      say(`  ${new Date(at).toISOString().slice(11, 19)} ${text}`);
    });
    return {
      text: endingOf(result),
      value: result,
      failed: result.outcome === 'failed',
      outcome: result.failure ? `failed:${result.failure.code}` : result.outcome,
    };
  } finally {
    await client.connection.close();
  }
}

function endingOf({
  institutionId,
  outcome,
  clientId,
  differences,
  possibleOrphans,
  failure,
}: RegistrationResult): string {
  const lines = [`${institutionId}: ${outcome}${clientId === undefined ? '' : `, client id ${clientId}`}`];
  for (const difference of differences) lines.push(`  the bank chose otherwise: ${difference}`);
  if (possibleOrphans > 0) lines.push(`  clients that may be left at the bank: ${possibleOrphans}`);
  if (failure) {
    const { title, fix } = FAILURES[failure.code];
    lines.push(`  ${title} ${failure.detail} (${failure.code})`, `  ${fix}`);
  }
  return lines.join('\n');
}

function textOf(view: RegistrationView): string {
  const { metadata, request, possibleOrphans, failure, ...plain } = view;
  const lines = Object.entries(plain).map(([name, value]) => `${name}: ${String(value)}`);
  if (failure) lines.push(`failure: ${failure.code} ${failure.title} ${failure.detail ?? ''}`.trimEnd());
  for (const instant of possibleOrphans) lines.push(`possible orphan at the bank: ${instant}`);
  const registered = Object.entries(metadata ?? request.metadata).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [...lines, metadata ? 'registered:' : 'asked:', ...registered].join('\n');
}

function idIn(id: string | undefined, verb: string): InstitutionId {
  if (id === undefined) throw new UsageError(`Name the institution: fdx-consent institutions registration ${verb} ID`);
  return id as InstitutionId;
}

function termsIn(file: string | undefined, usage: string): RegistrationTerms {
  if (file === undefined) throw new UsageError(`Name the file: fdx-consent ${usage}`);
  const terms = parseRegistrationTerms(jsonIn(file));
  if (!('faults' in terms)) return terms;
  const faults = terms.faults.map(({ path, message }) => `${path}: ${message}`);
  throw new UsageError(`${file} has faults:\n  ${faults.join('\n  ')}`);
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

/** In a file and not on the command line, where every process of the machine could read it. */
function initialAccessTokenIn(file: unknown): string | undefined {
  if (typeof file !== 'string') return undefined;
  const token = readFileSync(file, 'utf8').trim();
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) throw new UsageError(`${file} holds no bearer token (RFC 6750 §2.1)`);
  return token;
}

/** These commands speak with Temporal in our encryption. */
function readProductSettings(settings: Settings) {
  return settings('PAYLOAD_KEYS', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS');
}

type ProductSettings = ReturnType<typeof readProductSettings>;

function withProduct(
  settings: Settings,
  work: (config: ProductSettings, database: Database) => Promise<CommandResult>,
): Promise<CommandResult> {
  const config = readProductSettings(settings);
  return withDatabase(settings, (database) => work(config, database));
}
