import { createInterface } from 'node:readline/promises';

/**
 * Asks whoever sits at the terminal. On standard error, so that standard output stays what the command prints.
 *
 * @throws {Error} when the answer is no, or nobody sits there
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new Error(`${question} There is no terminal to ask: say --yes, or look with --dry-run.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [yes/no] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new Error('Nothing was done.');
  } finally {
    terminal.close();
  }
}
