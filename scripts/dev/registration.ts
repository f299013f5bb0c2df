import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../setup/command';
import { compiled } from '../setup/repository';

export interface Registered {
  id: string;
  apiKey: string;
}

/** An application that asks for consents and an operator who may decode payloads: what a stack needs to be used. */
export interface Registrations {
  application: Registered;
  operator: Registered;
}

export interface RegistrationPlace {
  dataDir: string;
  publicUrl: string;
  /** The product's own environment: its command reads the same variables as its servers. */
  environment: Record<string, string>;
}

const FILE = 'registrations.json';

/** Runs the product's command and returns what it printed. */
export async function productCommand(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await run(process.execPath, [compiled('src/cli/main.js'), ...args], { env });
  return stdout;
}

/**
 * The keys of an earlier start with this address, if the API accepts them, else new ones. A database that was emptied
 * knows none of the saved keys, and asking the API is surer than guessing.
 */
export async function validRegistrations(
  place: RegistrationPlace,
  apis: Promise<unknown> | unknown[],
): Promise<Registrations> {
  const saved = (await readAll(place.dataDir))[place.publicUrl];
  if (!saved) return await register(place);
  // Without an API of ours there is nobody to ask.
  if (Array.isArray(apis)) return saved;
  await apis;
  return (await areAccepted(place.publicUrl, saved)) ? saved : await register(place);
}

/** For a start from empty databases. */
export async function forgetRegistrations(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, FILE), { force: true });
}

async function register(place: RegistrationPlace): Promise<Registrations> {
  const [application, operator] = await Promise.all([addApplication(place), addOperator(place)]);
  const registrations = { application, operator };
  const all = { ...(await readAll(place.dataDir)), [place.publicUrl]: registrations };
  await writeFile(path.join(place.dataDir, FILE), JSON.stringify(all, null, 2), { mode: 0o600 });
  return registrations;
}

async function areAccepted(apiUrl: string, { application, operator }: Registrations): Promise<boolean> {
  const [read, decode] = await Promise.all([
    ask(`${apiUrl}/v1/consents/unknown`, application.apiKey, { method: 'GET' }),
    ask(`${apiUrl}/codec/decode`, operator.apiKey, { method: 'POST', body: '{"payloads":[]}' }),
  ]);
  return read !== 401 && decode !== 401;
}

/** Who the application is, as receipts and their exports say. */
const IDENTITY = [
  ...['--home-uri', 'https://budget-bee.example', '--registry', 'PRIVATE:budget-bee:Budget Bee, Inc.'],
  ...['--contact-name', 'Privacy office', '--address', '2 Example Street, Springfield'],
  ...['--email', 'privacy@budget-bee.example', '--phone', '+1 555 0101'],
  ...['--policy-url', 'https://budget-bee.example/privacy'],
];

/** An application that the database knows already gets one more key: the earlier ones it keeps as hashes only. */
function addApplication({ publicUrl, environment }: RegistrationPlace): Promise<Registered> {
  const details = ['--id', 'demo', '--name', 'Budget Bee', '--return-url', `${publicUrl}/demo/return`];
  return add(['applications', 'add', ...details, ...IDENTITY], environment);
}

function addOperator({ environment }: RegistrationPlace): Promise<Registered> {
  return add(['operators', 'add', '--name', 'dev'], environment);
}

async function add(args: string[], environment: Record<string, string>): Promise<Registered> {
  const printed = JSON.parse(await productCommand([...args, '--json'], environment)) as Partial<Registered>;
  if (!printed.id || !printed.apiKey) throw new Error(`${args.slice(0, 2).join(' ')} printed no id and key`);
  return { id: printed.id, apiKey: printed.apiKey };
}

async function ask(url: string, key: string, init: RequestInit): Promise<number> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(10_000) });
  await response.body?.cancel();
  return response.status;
}

async function readAll(dataDir: string): Promise<Record<string, Registrations>> {
  const file = path.join(dataDir, FILE);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Record<string, Registrations>) : {};
}
