import { z } from 'zod';
import { listActions } from '../../store/operator-actions';
import { withDatabase, type Command } from '../command';
import { parseDuration } from '../duration';
import { count, instant, parseOptions } from '../operator-input';
import { table } from '../table';

const logSchema = z.object({
  since: z
    .string()
    .transform((text, context) => {
      const ms = parseDuration(text);
      const since = ms === undefined ? instant.safeParse(text).data : new Date(Date.now() - ms);
      if (since) return since;
      context.addIssue({ code: 'custom', message: 'takes a duration such as 24h or 7d, or a date' });
      return z.NEVER;
    })
    .optional(),
  limit: count(100_000).default(100),
});

export const OPERATORS_LOG_COMMAND: Command = {
  words: ['operators', 'log'],
  examples: ['--since 24h'],
  synopsis: '[--since 24h|DATE] [--limit 100]',
  summary: 'who changed what with this command or an operator key, newest first',
  options: {
    since: { type: 'string', value: '24h|DATE', about: 'only what came after' },
    limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '100' },
  },
  changes: false,
  run: (values, _positionals, settings) =>
    withDatabase(settings, async (database) => {
      const actions = (await listActions(database, parseOptions(logSchema, values))).map(
        ({ created_at: at, ...action }) => ({ at: at.toISOString(), ...action }),
      );
      const rows = actions.map(({ at, operator, action, outcome, subject }) => [
        ...[at, operator, action, outcome],
        JSON.stringify(subject),
      ]);
      const headings = ['at', 'operator', 'action', 'outcome', 'subject'];
      return { text: actions.length === 0 ? 'none' : table(headings, rows), value: { actions } };
    }),
};
