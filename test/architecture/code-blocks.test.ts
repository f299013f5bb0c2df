import { parse } from 'yaml';
import { syntaxFaultsOf, typeFaultsOf } from './support/block-types';
import {
  blocksOf,
  claimedBlocks,
  isAccountedFor,
  NOT_FOR_TESTS,
  pagesWithCode,
  stepsOf,
  type CodeBlock,
} from './support/code-blocks';
import { DOCUMENTED_JSON } from './support/documented-json';
import { rowsWith, unquoted } from './support/markdown';
import { readText, repositoryFiles } from './support/repository';

const blocks = pagesWithCode().flatMap(blocksOf);
const of = (language: string): readonly CodeBlock[] => blocks.filter((block) => block.language === language);
const placesOf = (faulty: readonly { place: string }[]): readonly string[] => faulty.map(({ place }) => place);

/** sh and `ts run` are run by test/integration/docs.test.ts and docs-operators.test.ts. */
const LANGUAGES = ['sh', 'text', 'console', 'json', 'ts', 'js', 'http', 'mermaid', 'yaml', 'sql', 'ini', ''];

describe('code on the pages', () => {
  it('is in languages that are looked at', () => {
    expect(placesOf(blocks.filter(({ language }) => !LANGUAGES.includes(language)))).toEqual([]);
    expect(blocks.length).toBeGreaterThan(60);
  });

  it('that is not run says why, and there is little of it', () => {
    const notRun = blocks.filter(({ notRun }) => notRun !== undefined);
    process.stderr.write(`${blocks.length} blocks of code in the documentation, ${notRun.length} not run:\n`);
    for (const { place, notRun: reason } of notRun) process.stderr.write(`  ${place}: ${reason ?? ''}\n`);
    expect(placesOf(notRun.filter(({ notRun: reason = '' }) => reason.length < 15))).toEqual([]);
    expect(notRun.length).toBeLessThanOrEqual(9);
  });

  it('that another test runs is taken from the page by that test, and a name is given once on a page', () => {
    const claims = claimedBlocks();
    const unclaimed = claims.filter(({ page, test, name }) => !takenBy(test).includes(`${page}: ${name}`));
    expect(placesOf(unclaimed)).toEqual([]);
    const names = claims.map(({ page, name }) => `${page}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('that starts a whole stack is what the test named beside it starts', () => {
    const starters = blocks.filter(({ startedBy }) => startedBy !== undefined);
    expect(starters.length).toBeGreaterThan(0);
    const faulty = starters.filter(({ text, startedBy = [] }) => {
      const commands = text.split('\n').filter((line) => line.trim() !== '');
      return !commands.every((command, index) => starts(startedBy[index] ?? '', command));
    });
    expect(placesOf(faulty)).toEqual([]);
  });

  it('that measures is not run, and names only what the bench takes', () => {
    const usage = readText('bench/main.ts');
    const commands = of('sh').flatMap(({ text }) => text.match(/^npm run bench.*$/gm) ?? []);
    const words = commands.flatMap((command) =>
      command
        .replace(/ *#.*$/, '')
        .split(' ')
        .slice(4),
    );
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word) => !new RegExp(`npm run bench -- .*${word}\\b|--\\w+ ${word} `).test(usage))).toEqual(
      [],
    );
  });

  it('leaves the machine of a test alone', () => {
    const faulty = of('sh').filter((block) => NOT_FOR_TESTS.test(block.text) && !isAccountedFor(block));
    expect(placesOf(faulty)).toEqual([]);
  });

  it('asks for stages in words that the runner knows', () => {
    const stages = pagesWithCode().flatMap((page) => stepsOf(page).filter(({ kind }) => kind !== 'block'));
    const known = readText('test/integration/support/page-stage.ts');
    const unknown = stages.filter((stage) => stage.kind === 'given' && !known.includes(`case '${stage.text}':`));
    expect(unknown).toEqual([]);
  });
});

describe('JSON', () => {
  it.each(of('json').map((block) => [block.place, block] as const))('of %s is what it says it is', (_place, block) => {
    const document: unknown = JSON.parse(block.text);
    const [kind = 'none'] = block.words;
    if (isAccountedFor(block)) return;
    const judge = DOCUMENTED_JSON[kind];
    expect({ kind, isKnown: judge !== undefined, faults: judge?.(document) }).toEqual({
      ...{ kind, isKnown: true, faults: undefined },
    });
  });
});

test('TypeScript on the pages compiles', () => {
  expect(of('ts').length).toBeGreaterThan(2);
  expect(typeFaultsOf(of('ts'))).toEqual([]);
});

test('JavaScript on the pages parses', () => {
  expect(of('js').flatMap(syntaxFaultsOf)).toEqual([]);
});

test('HTTP on the pages is a start line and headers', () => {
  const faulty = of('http').filter(({ text }) => {
    const [start = '', ...headers] = text.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
    const isStart = /^([A-Z]+ \/\S* HTTP\/1\.1|HTTP\/1\.1 \d{3} .+)$/.test(start);
    return !isStart || !headers.every((line) => /^[\w-]+: .+$/.test(line));
  });
  expect(placesOf(faulty)).toEqual([]);
});

test('YAML on the pages parses, and names only metrics that there are', () => {
  const metrics = rowsWith(readText('docs/operators.md'), 'metric').map(([name = '']) => unquoted(name));
  for (const { text } of of('yaml')) {
    expect(typeof parse(text)).toBe('object');
    const named = [...text.matchAll(/\bfdx_consent_\w+/g)].map(([name]) => name.replace(/_(count|sum|bucket)$/, ''));
    expect(named.filter((name) => !metrics.includes(name))).toEqual([]);
  }
});

describe('diagrams', () => {
  it.each(of('mermaid').map((block) => [block.place, block] as const))(
    'of %s have the shape of their kind',
    (_, block) => {
      expect(strayLinesOf(block.text)).toEqual([]);
    },
  );
});

test('a block without a language is a map of what there is', () => {
  const files = repositoryFiles();
  const paths = of('').flatMap(({ text }) =>
    [...text.matchAll(/\b[a-z]+\/(?:[\w-]+(?:\.\w+|\/))*/g)].map(([name]) => name),
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((name) => !files.some((file) => file === name || file.startsWith(name)))).toEqual([]);
});

/** Kinds of diagrams, and what their lines may be. */
const DIAGRAMS: Readonly<Record<string, RegExp>> = {
  sequenceDiagram: /^(autonumber|participant \w+( as .+)?|Note over \w+: .+|\w+-?->>\w+: .+)$/,
  'stateDiagram-v2': /^(\[\*\]|\w+) --> (\[\*\]|\w+)(: .+)?$/,
  'flowchart LR': /^(subgraph \w+\[.+\]|end|\w+(\[.+\]|\(.+\))?( (-->|-\.->|<-->)(\|[^|]+\|)? \w+(\[.+\]|\(.+\))?)*)$/,
  erDiagram: /^\w+ \|[o|]--(o\{|\|\{|\|\||o\|) \w+ : .+$/,
};

function strayLinesOf(text: string): readonly string[] {
  const [kind = '', ...lines] = text.split('\n').map((line) => line.trim());
  const shape = DIAGRAMS[kind];
  if (!shape) return [`${kind}: no kind of diagram that is known here`];
  return lines.filter((line) => line !== '' && !shape.test(line));
}

/** Whether a test starts the program that an `npm` command comes down to, past the installation, which has happened. */
function starts(test: string, command: string): boolean {
  const [, script = ''] = /^npm (?:run )?(\w+)/.exec(command) ?? [];
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const [, file = ''] = /^node (scripts\/\S+)$/.exec(scripts[script] ?? '') ?? [];
  const [, program = ''] = /handOver\(\['([^']+)'/.exec(readText(file)) ?? [];
  // It runs this very test.
  if (program.startsWith('node_modules/jest/')) return true;
  return readText(test).includes(`compiled('${program.replace(/^dist\//, '')}')`);
}

/** The blocks that a test takes: `pageBlock` itself sees to it that all of each is run. */
function takenBy(test: string): readonly string[] {
  if (!repositoryFiles().includes(test)) return [];
  const taken = readText(test).matchAll(/pageBlock\('([^']+)', '([^']+)'\)/g);
  return [...taken].map(([, page = '', name = '']) => `${page}: ${name}`);
}
