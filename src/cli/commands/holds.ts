import { z } from 'zod';
import type { ConsentId } from '../../domain/ids';
import { legalHoldView } from '../../operators/legal-holds';
import { remark } from '../../operators/remark';
import { listHolds, placeHold, releaseHold, type LegalHold } from '../../store/legal-holds';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { count, parseOptions } from '../operator-input';
import { table } from '../table';

const placeSchema = z.object({ reason: remark });
const listSchema = z.object({
  all: z.boolean().default(false),
  consent: z.string().optional(),
  limit: count(100_000).default(1_000),
});

/** Orders not to delete: docs/retention.md. */
export const HOLD_COMMANDS: readonly Command[] = [
  {
    words: ['holds', 'place'],
    examples: ["cns_0193 --reason 'case 4711'"],
    synopsis: 'CONSENT-ID --reason TEXT',
    summary: 'keep everything of a consent, whatever the retention policy says',
    options: { reason: { type: 'string', value: 'TEXT', about: 'why, on one line' } },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { reason } = parseOptions(placeSchema, values);
        if (id === undefined)
          throw new UsageError('Name the consent: fdx-consent holds place CONSENT-ID --reason TEXT');
        const hold = await placeHold(database, id as ConsentId, reason);
        return {
          text: `${hold.id} is in force: nothing of ${id} is deleted.`,
          value: legalHoldView(hold),
          outcome: `done: ${hold.id}`,
        };
      }),
  },
  {
    words: ['holds', 'release'],
    examples: ['hld_0193'],
    synopsis: 'HOLD-ID',
    summary: 'end one legal hold; what is overdue is deleted within the hour, unless another is in force',
    changes: true,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        if (id === undefined) throw new UsageError('Name the hold: fdx-consent holds release HOLD-ID');
        const hold = await releaseHold(database, id);
        const when = hold.released_at?.toISOString() ?? '';
        return { text: `${id} was released at ${when} by ${hold.released_by ?? ''}.`, value: legalHoldView(hold) };
      }),
  },
  {
    words: ['holds', 'list'],
    examples: ['', '--all'],
    synopsis: '[--consent CONSENT-ID] [--all] [--limit 1000]',
    summary: 'legal holds in force, or all there ever were, newest first',
    options: {
      all: { type: 'boolean', about: 'what is settled too' },
      consent: { type: 'string', value: 'ID', about: 'on this consent' },
      limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '100' },
    },
    changes: false,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const { all, consent, limit } = parseOptions(listSchema, values);
        const holds = await listHolds(database, { all, limit, consentId: consent as ConsentId | undefined });
        return {
          text: holds.length === 0 ? 'none' : table(HEADINGS, holds.map(rowOf)),
          value: { holds: holds.map(legalHoldView) },
        };
      }),
  },
];

const HEADINGS = ['hold', 'consent', 'placed', 'by', 'released', 'reason'];

function rowOf(hold: LegalHold): string[] {
  const released = hold.released_at ? `${hold.released_at.toISOString()} by ${hold.released_by ?? ''}` : '';
  return [hold.id, hold.consent_id, hold.placed_at.toISOString(), hold.placed_by, released, hold.reason];
}
