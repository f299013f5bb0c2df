import path from 'node:path';
import { parseArgs } from 'node:util';
import { people } from '../../sandbox/people/person';
import { stateDirectory } from '../setup/repository';
import { ConsentApi } from './consent-api';
import { anyDeath, Interrupted, interruption, untilInterrupted } from './interruption';
import { Narrator } from './narrator';
import { startStack, type Stack } from './stack';
import { workflowPage } from './stack-description';
import { seconds } from './stopwatch';
import { tellStory, type StorySummary } from './story';

const USAGE = `npm start                     starts everything, tells one consent's story and stays up until Ctrl-C
npm start -- --once           ends after the story, with a JSON summary as the last line
npm start -- --data-dir DIR   keeps database, keys and logs there (default .fdx-consent/dev)
npm start -- --random-ports   for a second one beside the first; give it a data directory of its own

DATABASE_URL                  uses that PostgreSQL in place of the embedded one
TEMPORAL_CLI                  uses that Temporal CLI`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      'random-ports': { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: path.join(stateDirectory, 'dev') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const interrupted = interruption();
  const narrator = new Narrator();
  narrator.title('Starting (the first start fetches what is missing)');
  const stack = await startDevStack(
    path.resolve(values['data-dir']),
    values['random-ports'],
    interrupted.signal,
    narrator,
  );
  try {
    const summary = await untilInterrupted(interrupted.signal, runStory(stack, narrator));
    if (!values.once) await stayUp(stack, narrator, summary, interrupted.signal);
    narrator.title('Stopping');
    await stack.stop();
    // The very last line, so that `| tail -1` is all a script needs.
    if (values.once) console.log(JSON.stringify(summary));
  } finally {
    await stack.stop();
  }
}

function startDevStack(dataDir: string, randomPorts: boolean, signal: AbortSignal, narrator: Narrator): Promise<Stack> {
  const databaseUrl = process.env['DATABASE_URL'];
  return startStack({
    dataDir,
    ports: randomPorts ? 'random' : 'preferred',
    temporalDataFile: path.join(dataDir, 'temporal.sqlite'),
    signal,
    onProgress: (line) => {
      narrator.say(line);
    },
    ...(databaseUrl && { databaseUrl }),
  });
}

async function runStory(stack: Stack, narrator: Narrator): Promise<StorySummary> {
  narrator.title(`Everything is up (${seconds(stack.startedInMs['total'] ?? 0)}). A consent, from request to receipt:`);
  const summary = await tellStory(stack, narrator);
  if (summary.status !== 'active')
    throw new Error(`the story ends badly: the consent is ${summary.status}. Logs: ${stack.logDirectory}`);
  return summary;
}

async function stayUp(
  stack: Stack,
  narrator: Narrator,
  { consentId, workflowId }: StorySummary,
  signal: AbortSignal,
): Promise<void> {
  const { launchUrl } = await new ConsentApi(stack).request('you');
  narrator.title('See for yourself');
  const consentUrl = `${stack.urls.api}/v1/consents/${consentId}`;
  narrator.links({
    'the workflow': workflowPage(stack, workflowId),
    consent: consentUrl,
    receipt: `${consentUrl}/receipt`,
    'the key for these two': `Authorization: Bearer ${stack.applicationKey}`,
    'the API, to try it': `${stack.urls.api}/docs`,
    logs: stack.logDirectory,
  });
  narrator.title(
    'Now be the person (the bank’s certificate is from this clone’s own authority, so the browser will warn):',
  );
  narrator.links({
    open: launchUrl,
    'sign in as': people.map(({ username, password }) => `${username} / ${password}`).join(', '),
  });
  narrator.title('Ctrl-C stops everything.');
  await untilInterrupted(signal, anyDeath(stack)).catch((error: unknown) => {
    // What was asked for is no failure.
    if (!(error instanceof Interrupted)) throw error;
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof Interrupted) process.exit(error.signalName === 'SIGINT' ? 130 : 143);
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
