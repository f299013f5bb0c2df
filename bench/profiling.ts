import { compiled } from '../scripts/setup/repository';

/** Environment of a process that writes a CPU profile there as it ends. */
export const profiling = (directory: string) => ({
  NODE_OPTIONS: `--require ${compiled('bench/profile-hook.js')}`,
  BENCH_PROFILE_DIRECTORY: directory,
});
