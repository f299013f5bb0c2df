import { spawn } from 'node:child_process';
import { compiled } from '../../../scripts/setup/repository';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What `--json` printed. */
  json: Record<string, unknown>;
}

export interface Running {
  kill(signal: NodeJS.Signals): void;
  /** Once it has printed this. */
  printed(text: string | RegExp): Promise<void>;
  result: Promise<Ran>;
}

/** `fdx-consent …` as somebody without a terminal runs it; whatever it ends with. */
export function fdxConsent(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return startFdxConsent(args, env).result;
}

export function startFdxConsent(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [compiled('src/cli/main.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const result = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr, json: parsed(stdout) });
    });
  });
  return {
    result,
    kill: (signal) => child.kill(signal),
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === 'string' ? stdout.includes(text) : text.test(stdout)) resolve();
        };
        child.stdout.on('data', look);
        child.once('close', () => {
          reject(new Error(`it ended without printing ${String(text)}: ${stdout}${stderr}`));
        });
        look();
      }),
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
