import { readText, repositoryFiles } from './repository';

/** A fenced block of a page and what the page says of it. */
export interface CodeBlock {
  readonly kind: 'block';
  /** `docs/keys.md:26`, for failures. */
  readonly place: string;
  /** First word of the info string; empty without one. */
  readonly language: string;
  /** Its other words, such as `institution` or `run`. */
  readonly words: readonly string[];
  readonly text: string;
  /** `<!-- not run: reason -->` just above it. */
  readonly notRun?: string;
  /** `<!-- run by test/….test.ts: NAME -->` just above it: that test takes it by that name, with `pageBlock`. */
  readonly claim?: { readonly test: string; readonly name: string };
  /** The tests that start and end what its commands start: one for each command. */
  readonly startedBy?: readonly string[];
}

/** A block that a test of its own runs. */
export interface ClaimedBlock {
  readonly page: string;
  readonly test: string;
  readonly name: string;
  readonly place: string;
  readonly text: string;
}

/** `<!-- given: … -->` or `<!-- person: … -->`: what the runner does where a reader would do something else than type. */
export interface Stage {
  readonly kind: 'given' | 'person';
  readonly place: string;
  readonly text: string;
}

export type Step = CodeBlock | Stage;

/** Commands that start and end whole stacks, and the tests that run them. */
const RUN_ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^npm start\b/, 'test/setup/start.test.ts'],
  [/^npm run year\b/, 'test/setup/year.test.ts'],
  [/^npm test\b/, 'test/setup/parts.test.ts'],
];

/** What no test may do to the machine that it runs on: such a block says that it is not run, and why. */
export const NOT_FOR_TESTS =
  /(^|[;&|] *)(?:\w+=\S* +)*(sudo|docker|npm|systemctl|node dist\/src\/(worker|server|key-service)\S*)\b/m;

/** Not run by the runner of pages: for the reason that it says, or because another test does it. */
export function isAccountedFor({ notRun, claim, startedBy }: CodeBlock): boolean {
  return notRun !== undefined || claim !== undefined || startedBy !== undefined;
}

export function claimedBlocks(): readonly ClaimedBlock[] {
  return pagesWithCode().flatMap((page) =>
    blocksOf(page).flatMap(({ claim, place, text }) => (claim ? [{ page, ...claim, place, text }] : [])),
  );
}

export function pagesWithCode(): readonly string[] {
  return repositoryFiles().filter((file) => /^(README\.md|(docs|examples|packages)\/.*\.md)$/.test(file));
}

const FENCE = /^( *)(`{3,})([^`\n]*)\n([\s\S]*?)^\1\2 *$/gm;
const COMMENT = /^ *<!-- (not run|run by|given|person):? ([^\n]*?) -->$/gm;

/** Blocks and stages in the order of the page. */
export function stepsOf(page: string): readonly Step[] {
  const markdown = readText(page);
  const lineAt = (index: number): number => markdown.slice(0, index).split('\n').length;
  const blocks = [...markdown.matchAll(FENCE)].map((match) => {
    const above = markdown.slice(0, match.index);
    return { index: match.index, step: blockOf(match, above, `${page}:${lineAt(match.index)}`) };
  });
  const stages = [...markdown.matchAll(COMMENT)]
    .filter(([, kind]) => kind === 'given' || kind === 'person')
    .map((match) => {
      const [, kind = '', text = ''] = match;
      const place = `${page}:${lineAt(match.index)}`;
      return { index: match.index, step: { kind: kind as Stage['kind'], place, text } };
    });
  return [...blocks, ...stages].sort((one, other) => one.index - other.index).map(({ step }) => step);
}

export function blocksOf(page: string): readonly CodeBlock[] {
  return stepsOf(page).filter((step) => step.kind === 'block');
}

function blockOf(match: RegExpMatchArray, above: string, place: string): CodeBlock {
  const [, indent = '', , info = '', body = ''] = match;
  const [language = '', ...words] = info.trim().split(/ +/);
  const text = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
  const [, kind, said = ''] = /^ *<!-- (not run|run by):? ?([^\n]*?) ?-->\n\n?$/m.exec(lastLines(above)) ?? [];
  const startedBy = language === 'sh' ? startersOf(text) : undefined;
  return {
    ...{ kind: 'block', place, language, words, text },
    ...(kind === 'not run' && { notRun: said }),
    ...(kind === 'run by' ? { claim: claimOf(said) } : startedBy && { startedBy }),
  };
}

function claimOf(said: string): { test: string; name: string } {
  const [test = '', name = ''] = said.split(': ');
  return { test, name };
}

function lastLines(text: string): string {
  return text.split('\n').slice(-3).join('\n');
}

/** Where every command of a block is one of these, it is run by their tests. */
function startersOf(text: string): readonly string[] | undefined {
  const commands = text.split('\n').filter((line) => line.trim() !== '');
  const tests = commands.map((line) => RUN_ELSEWHERE.find(([command]) => command.test(line))?.[1]);
  return tests.every((test) => test !== undefined) ? tests : undefined;
}
