import { spawn } from 'node:child_process';
import path from 'node:path';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { compiled } from '../../../scripts/setup/repository';
import { until } from './until';

/** Where a process can die in the middle of a refresh. */
export type RefreshPoint = 'before the request' | 'answered' | 'in custody' | 'judged' | 'stored';

interface Needs {
  readonly authorizationId: string;
  /** How often at once. */
  readonly times: number;
  /** Where it is killed. */
  readonly diesAt?: RefreshPoint;
}

export interface RefreshProcess {
  ready(): Promise<boolean>;
  begin(): void;
  /** How each demand came out, once all have. */
  readonly outcomes: Promise<string[]>;
  /** The signal that ended it. */
  readonly killedBy: Promise<string | null>;
}

/** A process that needs the tokens of a grant when it is told to begin. */
export function startRefreshProcess(
  stack: StackDescription,
  { authorizationId, times, diesAt }: Needs,
): RefreshProcess {
  const script = path.join(__dirname, 'refresh-process.cjs');
  const root = path.dirname(path.dirname(compiled('src/worker.js')));
  const options = diesAt === undefined ? [] : [diesAt];
  const child = spawn(process.execPath, [script, root, authorizationId, `${times}`, ...options], {
    env: stack.productEnvironment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const closed = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const outcomes = closed.then(({ code }) => {
    const line = printed.split('\n')[1];
    if (code !== 0 || line === undefined) throw new Error(`a process ended with ${code}: ${printed}`);
    return JSON.parse(line) as string[];
  });
  outcomes.catch(() => undefined);
  return {
    ready: () => until('a process', () => Promise.resolve(printed.includes('ready'))),
    begin: () => child.stdin.write('go\n'),
    outcomes,
    killedBy: closed.then(({ signal }) => signal),
  };
}

/** So many processes, each with so many demands at the same moment. @returns how all of them came out */
export async function needTogether(
  stack: StackDescription,
  authorizationId: string,
  { processes, times }: { readonly processes: number; readonly times: number },
): Promise<string[]> {
  const all = Array.from({ length: processes }, () => startRefreshProcess(stack, { authorizationId, times }));
  await Promise.all(all.map((each) => each.ready()));
  for (const each of all) each.begin();
  return (await Promise.all(all.map((each) => each.outcomes))).flat();
}
