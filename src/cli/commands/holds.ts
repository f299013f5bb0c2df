import { z } from 'zod';
import type { ConsentId } from '../../domain/ids';
import { legalHoldView } from '../../operators/legal-holds';
import { remark } from '../../operators/remark';
import { listHolds, placeHold, releaseHold, type LegalHold } from '../../store/legal-holds';
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
    synopsis: 'CONSENT-ID --reason TEXT',
    summary: 'keep everything of a consent, whatever the retention policy says',
    options: { reason: { type: 'string' } },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { reason } = parseOptions(placeSchema, values);
        if (id === undefined) throw new Error('Name the consent: fdx-consent holds place CONSENT-ID --reason TEXT');
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
    synopsis: 'HOLD-ID',
    summary: 'end one legal hold; what is overdue is deleted within the hour, unless another is in force',
    changes: true,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        if (id === undefined) throw new Error('Name the hold: fdx-consent holds release HOLD-ID');
        const hold = await releaseHold(database, id);
        const when = hold.released_at?.toISOString() ?? '';
        return { text: `${id} was released at ${when} by ${hold.released_by ?? ''}.`, value: legalHoldView(hold) };
      }),
  },
  {
    words: ['holds', 'list'],
    synopsis: '[--consent CONSENT-ID] [--all] [--limit 1000]',
    summary: 'legal holds in force, or all there ever were, newest first',
    options: { all: { type: 'boolean' }, consent: { type: 'string' }, limit: { type: 'string' } },
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
