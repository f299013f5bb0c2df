import { readFileSync } from 'node:fs';
import { run } from './command';

/**
 * A process id alone proves nothing: ids are reused. With the start time and the command line it names one process.
 */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
  commandLine: string;
}

/** Who holds this process id now; undefined when nobody does, or only a zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  return process.platform === 'linux' ? identifyThroughProc(pid) : await identifyThroughPs(pid);
}

export async function isStillRunning(identity: ProcessIdentity): Promise<boolean> {
  const current = await identify(identity.pid);
  return current?.startedAt === identity.startedAt && current.commandLine === identity.commandLine;
}

function identifyThroughProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startedAt] = [fields[0], fields[19]];
    if (state === 'Z' || startedAt === undefined) return undefined;
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, startedAt, commandLine };
  } catch {
    return undefined;
  }
}

async function identifyThroughPs(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    // lstart is five words, such as "Tue Nov 24 06:39:00 2026".
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'lstart=', '-o', 'command=']);
    const words = stdout.trim().split(/\s+/);
    return { pid, startedAt: words.slice(0, 5).join(' '), commandLine: words.slice(5).join(' ') };
  } catch {
    return undefined;
  }
}
