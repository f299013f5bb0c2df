/**
 * Writes what the client of packages/client has from the contract: the types of every operation and of all they speak of.
 *
 *   npm run client:generate
 *   node dist/scripts/generate-client.js --check   says with its exit code whether the file is what the contract makes now
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { openApiDocument } from '../src/api/contract/document';
import { ALL_OPERATIONS } from '../src/api/contract/operations';
import { SERVICE_VERSION } from '../src/api/contract/version';
import { repositoryRoot } from './setup/repository';

const BANNER = '// Made by `npm run client:generate` from the contract (`/openapi.json`). Not to be edited.\n';

const GENERATED_FILE = path.join(repositoryRoot, 'packages/client/src/generated/api.ts');

/** The file as the contract makes it now. */
async function generatedClient(): Promise<string> {
  // Without examples, which are half of it: whoever wants them reads the document.
  const document = JSON.stringify(openApiDocument(ALL_OPERATIONS, SERVICE_VERSION), (name, value: unknown) =>
    name === 'example' || name === 'examples' ? undefined : value,
  );
  // Properties that have a default are sent by the service always, and by callers only when they like.
  const types = astToString(await openapiTS(document, { defaultNonNullable: false }));
  return pretty(BANNER + types);
}

async function pretty(text: string): Promise<string> {
  const style = await resolveConfig(path.join(repositoryRoot, 'package.json'));
  return format(text, { ...style, parser: 'typescript' });
}

async function main(): Promise<void> {
  const text = await generatedClient();
  if (!process.argv.includes('--check')) await writeFile(GENERATED_FILE, text);
  else if ((await readFile(GENERATED_FILE, 'utf8')) !== text) {
    console.error('packages/client/src/generated/api.ts is not what the contract makes now: npm run client:generate');
    process.exitCode = 1;
  }
}

void main();
