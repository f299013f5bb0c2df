import { spawn } from 'node:child_process';
import { forgetGroup, killGroupOnExit } from './exit-guard';

export interface CommandResult {
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  withinMs?: number;
}

/** Runs a command to its end and rejects with its own last words when it fails or takes too long. */
export function run(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { withinMs = 60_000, ...rest } = options;
  return new Promise((resolve, reject) => {
    // A group of its own, so that a Ctrl-C reaches it only through us, and it goes when we go.
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
      detached: true,
      ...rest,
    });
    const { pid } = child;
    if (pid !== undefined) killGroupOnExit(pid);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (pid !== undefined) forgetGroup(pid);
      if (code === 0) resolve({ stdout, stderr });
      else
        reject(
          new Error(`${command} ${args[0] ?? ''} ended with ${signal ?? String(code)}: ${lastWords(stderr || stdout)}`),
        );
    });
  });
}

function lastWords(output: string): string {
  return output.trim().split('\n').slice(-5).join('\n') || 'it said nothing';
}
