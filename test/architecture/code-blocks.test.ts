import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { syntaxFaultsOf, typeFaultsOf } from './support/block-types';
import { blocksOf, NOT_FOR_TESTS, pagesWithCode, stepsOf, type CodeBlock } from './support/code-blocks';
import { DOCUMENTED_JSON } from './support/documented-json';
import { rowsWith, unquoted } from './support/markdown';
import { readText, repositoryFiles, repositoryRoot } from './support/repository';

const blocks = pagesWithCode().flatMap(blocksOf);
const of = (language: string): readonly CodeBlock[] => blocks.filter((block) => block.language === language);
const isAccountedFor = ({ notRun, runBy }: CodeBlock): boolean => notRun !== undefined || runBy !== undefined;
const placesOf = (faulty: readonly CodeBlock[]): readonly string[] => faulty.map(({ place }) => place);

/** sh and `ts run` are run by test/integration/docs.test.ts. */
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
    expect(notRun.length).toBeLessThanOrEqual(20);
  });

  it('that another test runs names a test that there is, and that knows its command', () => {
    const faulty = blocks.filter(({ runBy, language, text }) => {
      if (runBy === undefined) return false;
      return !runBy
        .split(' ')
        .every((test) => existsSync(path.join(repositoryRoot, test)) && knows(test, language, text));
    });
    expect(placesOf(faulty)).toEqual([]);
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

/** Whether a test, with what it imports from its support, has the last word of each command of ours in a block. */
function knows(test: string, language: string, text: string): boolean {
  if (language !== 'sh') return true;
  const own = readText(test);
  const imported = [...own.matchAll(/from '(\.[^']+)'/g)]
    .map(([, from = '']) => path.posix.join(path.posix.dirname(test), `${from}.ts`))
    .filter((file) => existsSync(path.join(repositoryRoot, file)));
  const known = [own, ...imported.map(readText)].join('\n');
  const verbs = [...text.matchAll(/\bfdx-consent(?: [a-z][a-z-]+)* ([a-z][a-z-]+)/g)].map(([, verb = '']) => verb);
  return verbs.every((verb) => known.includes(verb));
}
