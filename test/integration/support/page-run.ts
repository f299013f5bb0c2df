import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import {
  isAccountedFor,
  NOT_FOR_TESTS,
  stepsOf,
  type CodeBlock,
  type Step,
} from '../../architecture/support/code-blocks';
import { readText } from '../../architecture/support/repository';
import { PageShell, type RanBlock } from './page-shell';
import { PageStage } from './page-stage';
import { jsonDifference, missingLine } from './shown-output';

const PROGRAMS: readonly string[] = ['ts', 'js'];

/** Where pages say that the service is. */
const WRITTEN_PORT = 3000;

/** Ten seconds at most where nothing else runs: a page is up to twenty processes, one after the other. */
export const PAGE_WITHIN_MS = 180_000;

/** Where docs/README.md lists them. */
const OPERATORS_SECTIONS = ['I connect banks', 'I run it'];

/** Whether a page is for those who run the service: such pages change what all have in common, and are run one after the other. */
export function isForOperators(page: string): boolean {
  return operatorsPages().includes(page);
}

function operatorsPages(): readonly string[] {
  const sections = readText('docs/README.md').split(/^## /m);
  return sections
    .filter((section) => OPERATORS_SECTIONS.some((heading) => section.startsWith(`${heading}\n`)))
    .flatMap((section) => [...section.matchAll(/\]\((\S+\.md)\)/g)].map(([, page = '']) => `docs/${page}`));
}

/** Does what a page says, in its order, and lists what did not come out as it says. */
export async function runPage(page: string, stack: StackDescription): Promise<readonly string[]> {
  const shell = await PageShell.open(environmentOf(stack), preludeOf(stack));
  const stage = new PageStage(stack, shell);
  const faults: string[] = [];
  let last: RanBlock | undefined;
  try {
    await stage.giveNeeds(commandsOf(page));
    for (const step of stepsOf(page)) {
      last = await runStep(step, { shell, stage, last }, (fault) => faults.push(`${step.place}: ${fault}`));
    }
  } finally {
    await shell.close();
    await stage.close();
  }
  return faults;
}

/** Whether there is anything on a page for a shell to do. */
export function isRunnable(page: string): boolean {
  return stepsOf(page).some((step) => step.kind === 'block' && runs(step));
}

function commandsOf(page: string): string {
  const run = stepsOf(page).filter((step) => step.kind === 'block' && runs(step));
  return run.map((step) => (step.kind === 'block' ? step.text : '')).join('\n');
}

interface Progress {
  readonly shell: PageShell;
  readonly stage: PageStage;
  /** What the block before printed. */
  readonly last: RanBlock | undefined;
}

async function runStep(
  step: Step,
  { shell, stage, last }: Progress,
  report: (fault: string) => void,
): Promise<RanBlock | undefined> {
  if (step.kind !== 'block') {
    await (step.kind === 'given' ? stage.give(step.text) : stage.act(step.text));
    return last;
  }
  if (runs(step)) return reported(await runBlock(step, shell), report);
  if (!isAccountedFor(step)) compare(step, last, report);
  keepFile(step, shell);
  return undefined;
}

function runs(block: CodeBlock): boolean {
  if (isAccountedFor(block)) return false;
  return block.language === 'sh' || (PROGRAMS.includes(block.language) && block.words.includes('run'));
}

/** A program of a page: as a module in its folder, with the page's variables in its environment. */
async function runBlock(block: CodeBlock, shell: PageShell): Promise<RanBlock> {
  if (NOT_FOR_TESTS.test(block.text)) throw new Error(`${block.place} is nothing for a test: mark it`);
  if (block.language === 'sh') return shell.run(block.text);
  return shell.runProgram(block.text);
}

function reported(ran: RanBlock, report: (fault: string) => void): RanBlock {
  for (const command of ran.failed) report(`failed: ${command}\n${ran.stdout.slice(-800)}${ran.stderr.slice(-800)}`);
  return ran;
}

/** Text after commands is what they print; so is JSON that says so. */
function compare(
  { language, words, text }: CodeBlock,
  last: RanBlock | undefined,
  report: (fault: string) => void,
): void {
  if (['text', 'console'].includes(language) && last) {
    const line = missingLine(text, last.stdout);
    if (line !== undefined) report(`not printed: ${line}\nbut:\n${last.stdout}${last.stderr}`);
  }
  if (language === 'json' && words.includes('output')) {
    const difference = last ? jsonDifference(JSON.parse(text), parsed(last.stdout)) : 'nothing was printed before';
    if (difference !== undefined) report(`${difference}\nof:\n${last?.stdout ?? ''}`);
  }
}

/** `file=bank.json`: the block is a file that later commands of the page read. */
function keepFile({ words, text }: CodeBlock, shell: PageShell): void {
  const name = words.find((word) => word.startsWith('file='))?.slice('file='.length);
  if (name !== undefined) writeFileSync(path.join(shell.directory, name), text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What API, worker and command have in their environment, and what pages call the things they use. */
function environmentOf(stack: StackDescription): Record<string, string> {
  return {
    ...stack.productEnvironment,
    FDX_CONSENT_URL: stack.urls.api,
    API: stack.urls.api,
    FDX_CONSENT_API_KEY: stack.applicationKey,
    KEY: stack.applicationKey,
    OPERATOR_KEY: stack.operatorKey,
    BANK: stack.urls.bank,
    CURL_CA_BUNDLE: stack.caFile,
    NODE_EXTRA_CA_CERTS: stack.caFile,
  };
}

/** curl as a page writes it reaches the stack wherever that listens, and fails where the answer is a refusal. */
function preludeOf({ urls, caFile }: StackDescription): string {
  const places = [
    [`localhost:${WRITTEN_PORT}`, urls.api],
    ['localhost:9443', urls.bank],
    ['localhost:9444', urls.bankControl],
  ] as const;
  const options = places.map(([written, url]) => `--connect-to ${written}:localhost:${new URL(url).port}`).join(' ');
  // Where `npm start` has it.
  const authority = `mkdir -p .fdx-consent/dev/tls && ln -s '${caFile}' .fdx-consent/dev/tls/ca.pem\n`;
  return `${authority}curl() { command curl --fail-with-body ${options} "$@"; }\n`;
}
