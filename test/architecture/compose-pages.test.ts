import { COMMANDS } from '../../src/cli/commands';
import { findCommand } from '../../src/cli/find-command';
import { blocksOf, pagesWithCode, type CodeBlock } from './support/code-blocks';
import { readComposeFile, variablesOf } from './support/compose';
import { readText, repositoryFiles } from './support/repository';

/*
 * Where there is no Docker engine its commands cannot be run. What they name can be looked up: services, variables, files, our own
 * commands, and options of Compose.
 */
const file = readComposeFile();
const blocks = pagesWithCode()
  .flatMap(blocksOf)
  .filter(({ language, text }) => language === 'sh' && /\bdocker\b/.test(text));

/** Of Compose's reference: https://docs.docker.com/reference/cli/docker/compose/. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  up: ['--build', '--wait'],
  exec: [],
  build: [],
  run: ['--detach', '--no-deps', '--name='],
};
/** Subcommands after which the first word that is no option is a service, and the rest is typed in its container. */
const IN_A_CONTAINER = ['exec', 'run'];

test('commands that need an engine are on pages, and each says that it is not run', () => {
  expect(blocks.length).toBeGreaterThan(3);
  expect(blocks.filter(({ notRun = '' }) => !notRun.includes('Docker')).map(({ place }) => place)).toEqual([]);
});

test.each(blocks.map((block) => [block.place, block] as const))('%s names only what there is', (_place, block) => {
  expect(commandsOf(block).flatMap(faultsOf)).toEqual([]);
});

test.each([
  ['another service', 'docker compose exec database psql', 'no service database'],
  ['another option', 'docker compose up --wate', 'compose up has no --wate'],
  ['a variable of nobody', 'BUILD=1 docker compose up', 'no variable BUILD'],
  ['another file', 'docker compose exec postgresql psql -U fdx_consent -f /nowhere.sql', 'no file /nowhere.sql'],
  ['another program', 'docker compose exec api node dist/src/api.js', 'no program dist/src/api.js'],
  [
    'another command',
    'docker compose exec api node dist/src/cli/main.js applications make',
    'no command applications make',
  ],
  ['another role', 'docker compose exec postgresql psql -U postgres', 'no role postgres'],
])('%s would be found', (_what, command, fault) => {
  expect(faultsOf(command)).toEqual([fault]);
});

test('the line of the hosts file names the bank as its service is called', () => {
  const [, host = ''] = /echo '127\.0\.0\.1 ([\w-]+)'/.exec(blocks.map(({ text }) => text).join('\n')) ?? [];
  expect(Object.keys(file.services)).toContain(host);
  expect(file.services[host]?.environment?.['SANDBOX_ISSUER']).toBe(`https://${host}:9443`);
});

function commandsOf({ text }: CodeBlock): readonly string[] {
  return text.split('\n').filter((line) => /\bdocker compose\b/.test(line));
}

function faultsOf(line: string): readonly string[] {
  const [before = '', after = ''] = line.split(/\bdocker compose /);
  const variables = [...before.matchAll(/(\w+)=/g)].map(([, name = '']) => name);
  const known = variablesOf(readText('docker-compose.yml')).map(({ name }) => name);
  const [subcommand = '', ...words] = after.trim().split(/ +/);
  const { options, rest } = parted(words, OPTIONS[subcommand] ?? []);
  const [service, ...inside] = rest;
  return [
    ...variables.filter((name) => !known.includes(name)).map((name) => `no variable ${name}`),
    ...(subcommand in OPTIONS ? [] : [`compose has no ${subcommand}`]),
    ...options.map((option) => `compose ${subcommand} has no ${option}`),
    ...(service !== undefined && !(service in file.services) ? [`no service ${service}`] : []),
    ...(IN_A_CONTAINER.includes(subcommand) && service !== undefined ? insideFaults(service, inside) : []),
  ];
}

/** Options that Compose does not know, and what is no option. One whose name here ends with `=` takes a value. */
function parted(words: readonly string[], known: readonly string[]): { options: string[]; rest: string[] } {
  const options: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return { options, rest: words.slice(index) };
    if (known.includes(`${word}=`)) index += 1;
    else if (!known.includes(word)) options.push(word);
  }
  return { options, rest: [] };
}

function insideFaults(name: string, [program, ...args]: readonly string[]): readonly string[] {
  const { volumes = [], environment = {} } = file.services[name] ?? {};
  if (program === 'psql') {
    const mounted = volumes.map((volume) => volume.split(':')[1]);
    const valueOf = (option: string): string | undefined => args[args.indexOf(option) + 1];
    return [
      ...(valueOf('-U') === environment['POSTGRES_USER'] || !args.includes('-U') ? [] : [`no role ${valueOf('-U')}`]),
      ...(valueOf('-d') === environment['POSTGRES_DB'] || !args.includes('-d') ? [] : [`no database ${valueOf('-d')}`]),
      ...(mounted.includes(valueOf('-f')) || !args.includes('-f') ? [] : [`no file ${valueOf('-f')}`]),
    ];
  }
  if (program !== 'node') return [];
  const [script = '', ...words] = args;
  const source = script.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  if (!repositoryFiles().includes(source)) return [`no program ${script}`];
  return source === 'src/cli/main.ts' ? commandFaults(words) : [];
}

function commandFaults(words: readonly string[]): readonly string[] {
  try {
    const found = findCommand(COMMANDS, words);
    if (found.kind === 'group') return [`no command ${words.join(' ')}`];
    const options = found.rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
    return options.filter((name) => !(name in (found.command.options ?? {}))).map((name) => `no option ${name}`);
  } catch {
    return [`no command ${words.join(' ')}`];
  }
}
