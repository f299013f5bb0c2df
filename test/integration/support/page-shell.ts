import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ts from 'typescript';
import { compiled, repositoryRoot } from '../../../scripts/setup/repository';

export interface RanBlock {
  readonly stdout: string;
  readonly stderr: string;
  /** Commands that failed, in the middle of the block too: `22: curl …`. */
  readonly failed: readonly string[];
}

/** Whoever wants one block only: what a reader types into a fresh terminal. */
export async function typed(text: string, env: NodeJS.ProcessEnv, prelude = ''): Promise<RanBlock> {
  const shell = await PageShell.open(env, prelude);
  try {
    return await shell.run(text);
  } finally {
    await shell.close();
  }
}

/** Where `node` is the one that runs the tests. */
export function pathWithNode(): string {
  return `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
}

/** No command that a page waits for takes longer. */
const BLOCK_WITHIN_MS = 30_000;

/** What a reader finds in the folder where they type. */
const LINKED = ['dist', 'node_modules', 'package.json', 'docker-compose.yml', 'deploy', 'examples', 'packages'];

/**
 * One bash for one page: a variable that a block sets is there in the next one, as in the reader's terminal. Variables are
 * exported, so that programs of the page have them too.
 */
export class PageShell {
  private blocks = 0;
  private heard = '';
  private readonly closed: Promise<never>;

  private constructor(
    readonly directory: string,
    private readonly bash: ChildProcessWithoutNullStreams,
  ) {
    this.closed = new Promise((_resolve, reject) => {
      bash.once('close', (code) => {
        reject(new Error(`the page's shell ended with ${code}`));
      });
    });
    this.closed.catch(() => undefined);
    bash.stdout.setEncoding('utf8').on('data', (text: string) => (this.heard += text));
  }

  static async open(env: NodeJS.ProcessEnv, prelude: string): Promise<PageShell> {
    const directory = mkdtempSync(path.join(tmpdir(), 'fdx-consent-page-'));
    for (const name of LINKED) {
      const target = path.join(repositoryRoot, name);
      if (existsSync(target)) symlinkSync(target, path.join(directory, name));
    }
    const programs = path.join(directory, '.bin');
    mkdirSync(programs);
    const command = path.join(programs, 'fdx-consent');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${compiled('src/cli/main.js')}' "$@"\n`);
    chmodSync(command, 0o755);
    const bash = spawn('bash', ['--noprofile', '--norc'], {
      // A group of its own: what a block leaves behind ends with it.
      detached: true,
      cwd: directory,
      env: { ...env, PATH: `${programs}:${pathWithNode()}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const shell = new PageShell(directory, bash);
    bash.stdin.write('set -aE; set -o pipefail\n');
    await shell.run(prelude);
    return shell;
  }

  async run(text: string): Promise<RanBlock> {
    const name = path.join(this.directory, `.block-${++this.blocks}`);
    writeFileSync(name, text);
    this.bash.stdin.write(
      `trap 'printf "%s: %s\\n" "$?" "$BASH_COMMAND" >>${name}.failed' ERR\n` +
        `. ${name} >${name}.out 2>${name}.err </dev/null\n` +
        `trap - ERR; printf 'done %s\\n' ${this.blocks}\n`,
    );
    const clock = new AbortController();
    const tooLong = sleep(BLOCK_WITHIN_MS, undefined, { signal: clock.signal }).then(() => {
      throw new Error(`no end after ${BLOCK_WITHIN_MS} ms: ${text}`);
    });
    try {
      await Promise.race([this.hears(`done ${this.blocks}\n`), this.closed, tooLong]);
    } finally {
      clock.abort();
      await tooLong.catch(() => undefined);
    }
    const noted = existsSync(`${name}.failed`) ? readFileSync(`${name}.failed`, 'utf8').trimEnd().split('\n') : [];
    // The command that reads the block fails with it.
    const failed = [...new Set(noted.filter((line) => !line.includes(`. ${name}`)))];
    return { stdout: readFileSync(`${name}.out`, 'utf8'), stderr: readFileSync(`${name}.err`, 'utf8'), failed };
  }

  /** A program of a page: as a module in its folder, with the page's variables in its environment. */
  runProgram(source: string): Promise<RanBlock> {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(path.join(this.directory, 'program.mjs'), outputText);
    return this.run('node program.mjs\n');
  }

  async variable(name: string): Promise<string> {
    const { stdout } = await this.run(`printf %s "\${${name}?is not set}"`);
    return stdout;
  }

  async set(values: Readonly<Record<string, string>>): Promise<void> {
    const quoted = Object.entries(values).map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'`);
    await this.run(quoted.join('\n'));
  }

  async close(): Promise<void> {
    if (this.bash.pid !== undefined && this.bash.exitCode === null) process.kill(-this.bash.pid, 'SIGKILL');
    await this.closed.catch(() => undefined);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private hears(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.heard.endsWith(text)) return;
        this.bash.stdout.off('data', look);
        resolve();
      };
      this.bash.stdout.on('data', look);
      look();
    });
  }
}
