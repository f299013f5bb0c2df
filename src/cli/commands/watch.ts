import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import type { ApplicationId, ConsentId } from '../../domain/ids';
import { timelineOf, type TimelineEntry } from '../../operators/timeline';
import { endOfEvents, readEvents } from '../../events/read-events';
import { listEvents } from '../../store/audit-events';
import { findProgress } from '../../store/consents';
import type { Database } from '../../store/database';
import { openProgressFeed } from '../../store/progress';
import { UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult, type Settings } from '../command';
import { entryText } from '../timeline-text';

/** Also without a word from the database somebody looks so often: what is told may be lost, what is written is not. */
const LOOK_EVERY_MS = 1_000;
const PAGE = 200;
const UNTOLD = ['consentId', 'metadata', 'tags'];

/** `fdx-consent consents watch`: prints what happens while it does. */
export const WATCH_COMMAND: Command = {
  words: ['consents', 'watch'],
  synopsis: 'ID | --application ID',
  summary: 'follow what happens, until the consent has ended or you stop it; --json prints one event a line',
  options: { application: { type: 'string', value: 'ID', about: 'all consents of this application' } },
  examples: ['cns_0193', '--application budget-bee --json'],
  changes: false,
  run: (values, [id], settings) => {
    const { application } = values;
    if ((id === undefined) === (typeof application !== 'string')) {
      throw new UsageError('Name the consent, or the application: fdx-consent consents watch ID | --application ID');
    }
    const isJson = values['json'] === true;
    return withDatabase(settings, (database) =>
      untilStopped((stop) =>
        typeof application === 'string'
          ? watchApplication(database, application as ApplicationId, isJson, settings, stop)
          : watchConsent(database, id as ConsentId, isJson, settings, stop),
      ),
    );
  },
};

/** Ctrl-C is how watching usually ends: nothing has gone wrong then. */
async function untilStopped(work: (stop: AbortSignal) => Promise<void>): Promise<CommandResult> {
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  return { text: '', value: null, isPrinted: true };
}

async function watchConsent(
  database: Database,
  id: ConsentId,
  isJson: boolean,
  settings: Settings,
  stop: AbortSignal,
): Promise<void> {
  const feed = openProgressFeed(settings('DATABASE_URL').DATABASE_URL);
  const stopped = new Promise<void>((resolve) => {
    stop.addEventListener('abort', () => {
      resolve();
    });
  });
  try {
    let after = '0';
    while (!stop.aborted) {
      // Before the events: what comes between the two is read the next time, and the end is not told before its events.
      const progress = await findProgress(database, id);
      if (!progress) throw new ConsentFailure('consent_not_found');
      for (let isMore = true; isMore;) {
        const events = await listEvents(database, { chain: id, order: 'asc', after, limit: PAGE });
        for (const entry of timelineOf(events)) print(entry, isJson, { consentId: id });
        after = events.at(-1)?.seq ?? after;
        isMore = events.length === PAGE;
      }
      if (hasEnded(progress.status)) return;
      await Promise.race([feed.nextChange(id, LOOK_EVERY_MS), stopped]);
    }
  } finally {
    await feed.close();
  }
}

/** What its events tell (docs/events.md), from now on: the outbox is read as those are who read it by the API. */
async function watchApplication(
  database: Database,
  applicationId: ApplicationId,
  isJson: boolean,
  settings: Settings,
  stop: AbortSignal,
): Promise<void> {
  const source = { database, retentionDays: settings('EVENT_RETENTION_DAYS').EVENT_RETENTION_DAYS };
  let after = await endOfEvents(source);
  while (!stop.aborted) {
    const { events, cursor, hasMore } = await readEvents(source, { applicationId, limit: PAGE }, after);
    for (const { envelope } of events) {
      const { type, timestamp, version: seq, data } = envelope;
      const { consentId } = data;
      // The application's own words are its own.
      const told = Object.fromEntries(Object.entries(data).filter(([name]) => !UNTOLD.includes(name)));
      const text = [consentId, type, ...Object.values(told).map(wordOf)].join(' ');
      print({ at: new Date(timestamp), type, seq, actor: applicationId, text }, isJson, { consentId, data: told });
    }
    after = cursor;
    if (!hasMore) await delay(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function print(entry: TimelineEntry, isJson: boolean, more: object): void {
  process.stdout.write(`${isJson ? JSON.stringify({ ...more, ...entry }) : entryText(entry, Date.now())}\n`);
}
