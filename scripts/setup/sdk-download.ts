import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isExecutable } from './search-path';

export type SdkServer = 'dev-server' | 'time-skipping';

/**
 * The Temporal SDK can download both servers from Temporal's own site. It offers no "download only", so the server is
 * started once, headless, and stopped again; the program that it left in our folder is what we were after.
 */
export async function programFromSdk(server: SdkServer, cacheDirectory: string): Promise<string> {
  const downloadDir = path.join(cacheDirectory, server);
  await mkdir(downloadDir, { recursive: true });
  const executable = { type: 'cached-download', downloadDir } as const;
  // Loaded here and not above: the native core takes half a second that no other path needs.
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment =
    server === 'dev-server'
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await environment.teardown();
  return await onlyProgramIn(downloadDir);
}

async function onlyProgramIn(directory: string): Promise<string> {
  const files = existsSync(directory) ? await readdir(directory) : [];
  for (const file of files) {
    const candidate = path.join(directory, file);
    if (await isExecutable(candidate)) return candidate;
  }
  throw new Error('the SDK started a server but left no program behind');
}
