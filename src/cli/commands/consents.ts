import { z } from 'zod';
import { ConsentFailure } from '../../domain/failures';
import type { ConsentId } from '../../domain/ids';
import { consentStory } from '../../operators/consent-story';
import { requestRevocation } from '../../revocation/request-revocation';
import { findConsentFile, listConsents } from '../../store/consent-overview';
import { currentReason } from '../../store/opening-log';
import { createErasures } from '../../temporal/erasures';
import { withDatabase, type Command } from '../command';
import { bankEnding, FILTER_OPTIONS, FILTER_SYNOPSIS, filterFields, filtersOf } from '../consent-filters';
import { fileText, fileView, overviewRow, OVERVIEW_HEADINGS, overviewView } from '../consent-text';
import { count, parseOptions } from '../operator-input';
import { withProduct } from '../product';
import { table } from '../table';

const listSchema = z.object({ ...filterFields, 'bank-ending': bankEnding, limit: count(100_000).default(100) });

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
    synopsis: `${FILTER_SYNOPSIS} [--bank-ending pending|done|needs_operator] [--limit 100]`,
    summary: 'consents and where they stand, newest first',
    options: { ...FILTER_OPTIONS, 'bank-ending': { type: 'string' }, limit: { type: 'string' } },
    changes: false,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const options = parseOptions(listSchema, values);
        const filters = { ...filtersOf(options), bankEnding: options['bank-ending'] };
        const consents = await listConsents(database, filters, options.limit);
        return {
          text: consents.length === 0 ? 'none' : table(OVERVIEW_HEADINGS, consents.map(overviewRow)),
          value: { consents: consents.map(overviewView) },
        };
      }),
  },
  {
    words: ['consents', 'show'],
    synopsis: 'ID',
    summary: 'one consent: its state, grants, links, notices, endings and tasks, and what has happened',
    changes: false,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const file = await findConsentFile(database, idIn(id, 'show ID'));
        if (!file) throw new ConsentFailure('consent_not_found');
        const story = consentStory(file);
        return { text: fileText(file, story), value: fileView(file, story) };
      }),
  },
  {
    words: ['consents', 'revoke'],
    synopsis: 'ID --reason BUSINESS_RULE|SECURITY_EVENT',
    summary: 'end a consent at once, here and at its bank',
    options: { reason: { type: 'string' } },
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
  if (id === undefined) throw new Error(`Name the consent: fdx-consent consents ${usage}`);
  return id as ConsentId;
}
