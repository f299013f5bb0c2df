import { z } from 'zod';
import { BANK_ENDINGS } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import type { ConsentId } from '../../domain/ids';
import { timelineOf } from '../../operators/timeline';
import { requestRevocation } from '../../revocation/request-revocation';
import { listEvents } from '../../store/audit-events';
import { findConsentFile, listConsents } from '../../store/consent-overview';
import { currentReason } from '../../store/opening-log';
import { createErasures } from '../../temporal/erasures';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { bankEnding, FILTER_OPTIONS, FILTER_SYNOPSIS, filterFields, filtersOf } from '../consent-filters';
import { fileText, fileView, overviewRow, OVERVIEW_HEADINGS, overviewView } from '../consent-text';
import { count, parseOptions } from '../operator-input';
import { withProduct } from '../product';
import { table } from '../table';
import { WATCH_COMMAND } from './watch';

const listSchema = z.object({
  ...filterFields,
  'bank-ending': bankEnding,
  limit: count(100_000).default(100),
  after: z.string().optional(),
});

const showSchema = z.object({ events: count(10_000).default(50) });

const OPERATOR_REASONS = ['BUSINESS_RULE', 'SECURITY_EVENT'] as const;
const revokeSchema = z.object({
  reason: z.enum(OPERATOR_REASONS, `is one of ${OPERATOR_REASONS.join(', ')}`),
});

/** One transaction of a worker; one that is not there by then is looked into. */
const ERASED_WITHIN_MS = 60_000;

/** Single consents, as operators look after them: docs/operators.md. */
export const CONSENT_COMMANDS: readonly Command[] = [
  {
    words: ['consents', 'list'],
    synopsis: `${FILTER_SYNOPSIS} [--bank-ending pending|done|needs_operator] [--limit 100] [--after ID]`,
    summary: 'consents and where they stand, newest first',
    options: {
      ...FILTER_OPTIONS,
      'bank-ending': { type: 'string', choices: BANK_ENDINGS, about: 'whether the bank knows of the end' },
      limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '100' },
      after: { type: 'string', value: 'ID', about: 'go on after this one: the last of the page before' },
    },
    examples: ['--status active --expires-before 2027-01-31', '--institution first-bank --json'],
    changes: false,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const options = parseOptions(listSchema, values);
        const filters = {
          ...filtersOf(options),
          bankEnding: options['bank-ending'],
          after: options.after as ConsentId,
        };
        const consents = await listConsents(database, filters, options.limit);
        const last = consents.length === options.limit ? consents.at(-1)?.id : undefined;
        const more = last === undefined ? [] : ['', `There may be more: --after ${last}`];
        return {
          text:
            consents.length === 0 ? 'none' : [table(OVERVIEW_HEADINGS, consents.map(overviewRow)), ...more].join('\n'),
          value: { consents: consents.map(overviewView), nextCursor: last ?? null },
        };
      }),
  },
  {
    words: ['consents', 'show'],
    synopsis: 'ID [--events 50]',
    summary: 'one consent: how it stands, what it waits for and what to do, and what has happened, by whom',
    options: { events: { type: 'string', value: 'N', about: 'the last so many events', fallback: '50' } },
    examples: ['cns_0193', 'cns_0193 --events 200', 'cns_0193 --json'],
    changes: false,
    run: (values, [given], settings) =>
      withDatabase(settings, async (database) => {
        const { events: limit } = parseOptions(showSchema, values);
        const id = idIn(given, 'show ID');
        const file = await findConsentFile(database, id);
        if (!file) throw new ConsentFailure('consent_not_found');
        const events = await listEvents(database, { chain: id, order: 'desc', limit });
        const timeline = timelineOf(events.reverse());
        return { text: fileText(file, timeline), value: fileView(file, timeline) };
      }),
  },
  WATCH_COMMAND,
  {
    words: ['consents', 'revoke'],
    synopsis: 'ID --reason BUSINESS_RULE|SECURITY_EVENT',
    summary: 'end a consent at once, here and at its bank',
    options: { reason: { type: 'string', choices: OPERATOR_REASONS, about: 'why, in the words of FDX' } },
    examples: ['cns_0193 --reason SECURITY_EVENT'],
    changes: true,
    run: (values, [given], settings) =>
      withProduct(settings, async (product) => {
        const { reason } = parseOptions(revokeSchema, values);
        const id = idIn(given, 'revoke ID --reason REASON');
        const requested = await requestRevocation(product, id, { initiator: 'DATA_ACCESS_PLATFORM', reason });
        await requested.delivered;
        const { outcome } = requested;
        const text = outcome === 'revoked' ? 'is revoked' : 'had ended before';
        return { text: `${id} ${text}; see fdx-consent consents show ${id}`, value: { id, reason, outcome } };
      }),
  },
  {
    words: ['consents', 'erase'],
    examples: ['cns_0193'],
    synopsis: 'ID',
    summary: 'forget the person of an ended consent now: they asked for it',
    changes: true,
    run: (_values, [given], settings) =>
      withProduct(settings, async ({ client }) => {
        const id = idIn(given, 'erase ID');
        const { openedBy: requestedBy } = currentReason();
        const erased = await createErasures(client).erase({ consentId: id, requestedBy }, ERASED_WITHIN_MS);
        if (!erased) throw new ConsentFailure('engine_unavailable', 'it goes on by itself; ask again how it ended.');
        const text = `The person of ${id} is erased; certificate ${erased.certificateId}.`;
        return { text, value: { id, ...erased }, outcome: `done: ${erased.certificateId}` };
      }),
  },
  {
    words: ['consents', 'retry-ending'],
    examples: ['cns_0193 cns_0194'],
    synopsis: 'ID…',
    summary: 'tell the bank of an end again, now',
    changes: true,
    run: (_values, ids, settings) =>
      withProduct(settings, async ({ engine }) => {
        idIn(ids[0], 'retry-ending ID…');
        const told: { id: string; isRetried: boolean }[] = [];
        for (const id of ids) told.push({ id, isRetried: await engine.retryEnding(id as ConsentId) });
        const lines = told.map(
          ({ id, isRetried }) => `${id} ${isRetried ? 'is told to' : 'has no workflow that could'}`,
        );
        const missing = told.filter(({ isRetried }) => !isRetried).length;
        return {
          text: lines.join('\n'),
          value: { consents: told },
          failed: missing > 0,
          outcome: `${told.length - missing} retried, ${missing} without a workflow`,
        };
      }),
  },
];

function idIn(id: string | undefined, usage: string): ConsentId {
  if (id === undefined) throw new UsageError(`Name the consent: fdx-consent consents ${usage}`);
  return id as ConsentId;
}
