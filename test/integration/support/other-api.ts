import path from 'node:path';
import { SupervisedChild } from '../../../scripts/setup/child-process';
import { chooseRandomPort } from '../../../scripts/setup/ports';
import { answersOk } from '../../../scripts/setup/readiness';
import { compiled, repositoryRoot } from '../../../scripts/setup/repository';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { Application } from './application';

/** One more API process of a stack, with other settings: for an application that lives by another policy. */
export interface OtherApi {
  readonly application: Application;
  stop(): Promise<void>;
  /** The hard way. */
  kill(): Promise<void>;
}

export async function startOtherApi(
  stack: StackDescription,
  name: string,
  env: Record<string, string>,
): Promise<OtherApi> {
  const port = await chooseRandomPort();
  const url = `http://localhost:${port}`;
  const child = await SupervisedChild.start({
    name,
    command: process.execPath,
    args: [compiled('src/server.js')],
    cwd: repositoryRoot,
    env: { ...stack.productEnvironment, PORT: String(port), ...env },
    logFile: path.join(stack.logDirectory, `${name}.log`),
    runDirectory: path.join(stack.logDirectory, '..', 'run'),
    ready: answersOk(`${url}/readyz`),
  });
  return {
    application: new Application({ ...stack, urls: { ...stack.urls, api: url } }),
    stop: () => child.stop(),
    kill: () => child.kill(),
  };
}
