import { z } from 'zod';
import type { ConsentId } from '../../domain/ids';
import { eventView } from '../../exports/sheets';
import { listEvents } from '../../store/audit-events';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { count, parseOptions } from '../operator-input';
import { table } from '../table';

/** `fdx-consent evidence events`: one consent's chain, the newest last. */
export const EVENTS_COMMAND: Command = {
  words: ['evidence', 'events'],
  examples: ["cns_0193 --type 'data.*,secret.opened'"],
  synopsis: 'CONSENT-ID [--type TYPE] [--limit 100]',
  summary: 'what has happened with a consent, by whom and in which request, newest last',
  options: {
    type: { type: 'string', value: 'TYPE', about: 'types separated by commas, such as data.*' },
    limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '100' },
  },
  changes: false,
  run: (values, [id], settings) => {
    if (id === undefined) throw new UsageError('Name the consent: fdx-consent evidence events CONSENT-ID');
    const schema = z.object({ type: z.string().optional(), limit: count(100_000).default(100) });
    const { type, limit } = parseOptions(schema, values);
    return withDatabase(settings, async (database) => {
      const types = type?.split(',');
      const rows = await listEvents(database, { chain: id as ConsentId, types, order: 'desc', limit });
      const events = rows.reverse().map(eventView);
      const headings = ['seq', 'at', 'type', 'actor', 'reason', 'correlation'] as const;
      const names = ['seq', 'at', 'type', 'actor', 'reason', 'correlationId'] as const;
      const lines = events.map((event) => names.map((name) => wordOf(event[name])));
      return { text: events.length === 0 ? 'none' : table(headings, lines), value: { events } };
    });
  },
};

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
