import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isStillRunning, type ProcessIdentity } from './process-identity';
import { tellNobody, type Tell } from './missing-part';

/** What a start leaves on disk about each process, so that the next start can end what a killed parent left running. */
interface RunRecord {
  child: ProcessIdentity;
  parent: ProcessIdentity;
  stopSignal: NodeJS.Signals;
}

/** Somebody else's stack is up in this directory; ending it would be rude, sharing it would be wrong. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(directory: string, parent: ProcessIdentity) {
    super(`another start (process ${parent.pid}) is up in ${directory}: stop it first`);
  }
}

export async function writeRunFile(
  directory: string,
  name: string,
  pid: number,
  stopSignal: NodeJS.Signals,
): Promise<void> {
  const [child, parent] = await Promise.all([identify(pid), identify(process.pid)]);
  // Gone already: whoever waits for its readiness reports the death.
  if (!child || !parent) return;
  await mkdir(directory, { recursive: true });
  const record: RunRecord = { child, parent, stopSignal };
  await writeFile(path.join(directory, `${name}.json`), JSON.stringify(record), { mode: 0o600 });
}

export async function removeRunFile(directory: string, name: string): Promise<void> {
  await rm(path.join(directory, `${name}.json`), { force: true });
}

/** Ends every process that an earlier, killed start left behind in this directory. */
export async function endLeftovers(directory: string, tell: Tell = tellNobody): Promise<void> {
  if (!existsSync(directory)) return;
  const files = (await readdir(directory)).filter((file) => file.endsWith('.json'));
  await Promise.all(
    files.map(async (file) => {
      const record = parseRunRecord(await readFile(path.join(directory, file), 'utf8'));
      if (record) await endLeftover(record, path.basename(file, '.json'), directory, tell);
      await rm(path.join(directory, file), { force: true });
    }),
  );
}

async function endLeftover(record: RunRecord, name: string, directory: string, tell: Tell): Promise<void> {
  if (!(await isStillRunning(record.child))) return;
  if (record.parent.pid !== process.pid && (await isStillRunning(record.parent)))
    throw new AlreadyRunningError(directory, record.parent);
  tell(`ending ${name} (process ${record.child.pid}), left by an earlier start`);
  signalGroup(record.child.pid, record.stopSignal);
  signalGroup(record.child.pid, 'SIGCONT');
  // Ten seconds for a clean end, as in a normal stop; after that it is not coming.
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (!(await isStillRunning(record.child))) return;
    await sleep(50);
  }
  signalGroup(record.child.pid, 'SIGKILL');
}

/** Our children lead their own process groups, so the group's id is theirs, and grandchildren hear the signal too. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: gone. EPERM: gone, and the id now belongs to somebody else's process.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** A file cut short by a full disk or a crash is worth no more than no file. */
function parseRunRecord(text: string): RunRecord | undefined {
  try {
    return JSON.parse(text) as RunRecord;
  } catch {
    return undefined;
  }
}
