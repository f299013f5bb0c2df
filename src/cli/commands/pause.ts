import { z } from 'zod';
import type { InstitutionId } from '../../domain/ids';
import { retryWaitingEndings } from '../../operators/bank-endings';
import { institutionView, openInstitution, pauseInstitution } from '../../operators/pausing';
import { remark } from '../../operators/remark';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { parseOptions } from '../operator-input';
import { withProduct } from '../product';

const pauseSchema = z.object({ reason: remark.optional() });

/** Letting a bank rest: docs/operators.md. */
export const PAUSE_COMMANDS: readonly Command[] = [
  {
    words: ['institutions', 'pause'],
    examples: ["first-bank --reason 'their core is down'"],
    synopsis: 'ID [--reason TEXT]',
    summary: 'let new work with a bank wait; nothing fails',
    options: { reason: { type: 'string', value: 'TEXT', about: 'why, on one line' } },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { reason } = parseOptions(pauseSchema, values);
        const institution = await pauseInstitution(database, idIn(id, 'pause'), reason);
        const since = institution.paused_at?.toISOString() ?? '';
        return { text: `${institution.profile.id} is paused since ${since}.`, value: institutionView(institution) };
      }),
  },
  {
    words: ['institutions', 'resume'],
    examples: ['first-bank'],
    synopsis: 'ID',
    summary: 'let work with a bank go on, and wake what waits to tell it of an end',
    changes: true,
    run: (_values, [given], settings) =>
      withProduct(settings, async (product) => {
        const id = idIn(given, 'resume');
        const institution = await openInstitution(product.database, id);
        const endingsRetried = await retryWaitingEndings(product, id);
        return {
          text: `${id} is open. Consents that tell it of an end now: ${endingsRetried}.`,
          value: { ...institutionView(institution), endingsRetried },
          outcome: `done: ${endingsRetried} endings retried`,
        };
      }),
  },
];

function idIn(id: string | undefined, verb: string): InstitutionId {
  if (id === undefined) throw new UsageError(`Name the institution: fdx-consent institutions ${verb} ID`);
  return id as InstitutionId;
}
