import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds by process. */
export type CpuTimes = Record<string, number>;

interface ProcessTimes {
  pid: number;
  parent: number;
  ticks: number;
}

/**
 * User and system time of each named process with everything below it, ended children included: PostgreSQL works in children.
 * Empty where there is no /proc.
 *
 * @see proc_pid_stat(5): fields 14 to 17, utime, stime, cutime and cstime
 */
export function readCpuTimes(pids: Readonly<Record<string, number | undefined>>): CpuTimes {
  if (process.platform !== 'linux') return {};
  const all = readAll();
  const millisecondsPerTick = 1000 / ticksPerSecond();
  const entries = Object.entries(pids).map(
    ([name, pid]) => [name, ticksBelow(all, pid) * millisecondsPerTick] as const,
  );
  return Object.fromEntries(entries);
}

export function spentBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, spent]) => [name, spent - (before[name] ?? 0)]));
}

function ticksBelow(all: readonly ProcessTimes[], root: number | undefined): number {
  const own = all.find(({ pid }) => pid === root)?.ticks ?? 0;
  const children = all.filter(({ parent }) => parent === root);
  return children.reduce((sum, { pid }) => sum + ticksBelow(all, pid), own);
}

function readAll(): ProcessTimes[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readOne(Number(name)));
}

function readOne(pid: number): ProcessTimes[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the fields after it are numbered from 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    return [{ pid, parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) }];
  } catch {
    // It ended while we were looking; its parent has its time by now.
    return [];
  }
}

let cachedTicksPerSecond: number | undefined;

function ticksPerSecond(): number {
  cachedTicksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return cachedTicksPerSecond;
}
