import { signalGroup } from './run-file';

/**
 * The last line of defence: however this process exits, short of SIGKILL, its children do not outlive it. An orderly stop
 * comes first and empties the set; the run files cover the SIGKILL.
 */
const groups = new Set<number>();
let guarding = false;

export function killGroupOnExit(pid: number): void {
  groups.add(pid);
  if (guarding) return;
  guarding = true;
  process.on('exit', () => {
    for (const group of groups) signalGroup(group, 'SIGKILL');
  });
}

export function forgetGroup(pid: number): void {
  groups.delete(pid);
}
