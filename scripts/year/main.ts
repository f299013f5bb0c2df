import path from 'node:path';
import { parseArgs } from 'node:util';
import { anyDeath, Interrupted, interruption, untilInterrupted } from '../dev/interruption';
import { Narrator } from '../dev/narrator';
import { seconds } from '../dev/stopwatch';
import { stateDirectory } from '../setup/repository';
import { tellYear, type YearSummary } from './story';
import { startYearStack, type YearStack } from './year-stack';

const USAGE = `npm run year                     a consent's whole life in seconds, told as it happens; stays up until Ctrl-C
npm run year -- --once           ends after the story, with a JSON summary as the last line
npm run year -- --data-dir DIR   keeps database, keys and logs there (default .fdx-consent/year); each start begins with nothing
npm run year -- --random-ports   beside another one; give it a data directory of its own

TEMPORAL_CLI                     uses that Temporal CLI`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      'random-ports': { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: path.join(stateDirectory, 'year') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { signal } = interruption();
  const narrator = new Narrator();
  narrator.title('Starting (the first start fetches what is missing)');
  const year = await startYearStack({
    dataDir: path.resolve(values['data-dir']),
    ports: values['random-ports'] ? 'random' : 'preferred',
    signal,
    onProgress: (line) => {
      narrator.say(line);
    },
  });
  try {
    const summary = await untilInterrupted(signal, Promise.race([runStory(year, narrator), anyDeath(year.stack)]));
    if (!values.once) await stayUp(year, narrator, summary, signal);
    narrator.title('Stopping');
    await year.stop();
    // The very last line, so that `| tail -1` is all a script needs.
    if (values.once) console.log(JSON.stringify(summary));
  } finally {
    await year.stop();
  }
}

async function runStory(year: YearStack, narrator: Narrator): Promise<YearSummary> {
  narrator.title(
    `Everything is up (${seconds(year.stack.startedInMs['total'] ?? 0)}). A consent, from its first day to its last:`,
  );
  narrator.links({
    dates: 'are the workflow’s. Temporal skips its time from timer to timer; API, worker, bank and databases',
    '': 'are put on the same dates. Temporal’s schedules, TLS and this terminal stay in the present.',
  });
  const summary = await tellYear(year, narrator);
  const { days, history } = summary;
  narrator.title(
    `${days} days in ${summary.seconds.toFixed(1)} s. Temporal’s history of it: ${history.events} events, ${Math.round(history.bytes / 1000)} kB.`,
  );
  return summary;
}

async function stayUp(
  { stack }: YearStack,
  narrator: Narrator,
  { consentId }: YearSummary,
  signal: AbortSignal,
): Promise<void> {
  const consentUrl = `${stack.urls.api}/v1/consents/${consentId}`;
  narrator.title('See for yourself');
  narrator.links({
    'the Temporal UI': stack.urls.temporalUi,
    consent: consentUrl,
    receipt: `${consentUrl}/receipt`,
    certificate: `${consentUrl}/deletion-certificate`,
    'the key for these': `Authorization: Bearer ${stack.applicationKey}`,
    logs: stack.logDirectory,
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
