import { execFileSync } from 'node:child_process';

/** Resident memory of a process in MB (10⁶ bytes), as the system counts it. */
export function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) throw new Error('a process whose memory is asked for has ended');
  const kibibytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
  return Math.round((kibibytes * 1024) / 1e6);
}
