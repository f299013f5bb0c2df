import { z } from 'zod';
import {
  countsOf,
  isLive,
  reminder,
  renewal,
  withFailuresTold,
  type BulkOutcome,
  type BulkStep,
} from '../../operators/bulk';
import { consentQuery } from '../../operators/consent-query';
import { inTurn } from '../../operators/in-turn';
import { overviewsOf, type ConsentOverview } from '../../store/consent-overview';
import { searchConsents } from '../../temporal/consent-search';
import { vaultOf, type Command, type CommandResult, type Settings, type Values } from '../command';
import { confirm } from '../confirm';
import { FILTER_OPTIONS, FILTER_SYNOPSIS, filterFields, filtersOf } from '../consent-filters';
import { OVERVIEW_HEADINGS, overviewRow, overviewView } from '../consent-text';
import { count, parseOptions } from '../operator-input';
import { withProduct, type ProductHands } from '../product';
import { table } from '../table';

const BULK_OPTIONS = {
  ...FILTER_OPTIONS,
  query: { type: 'string', value: 'QUERY', about: 'a visibility query of Temporal, besides the other options' },
  'dry-run': { type: 'boolean', about: 'tell which they are, and touch none' },
  limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '10000' },
  'per-second': { type: 'string', value: 'N', about: 'how many a second', fallback: '5' },
  yes: { type: 'boolean', about: 'do not ask' },
} as const;

const bulkSchema = z
  .object({
    ...filterFields,
    query: z.string().optional(),
    'dry-run': z.boolean().default(false),
    limit: count(100_000).default(10_000),
    'per-second': count(50).default(5),
    yes: z.boolean().default(false),
    json: z.boolean().default(false),
  })
  .refine(
    (options) => options.query !== undefined || Object.values(filtersOf(options)).some((each) => each !== undefined),
    {
      path: ['query'],
      message: 'or an option such as --institution must say which consents',
    },
  );

type BulkOptions = z.output<typeof bulkSchema>;

const SYNOPSIS = `[--query QUERY] ${FILTER_SYNOPSIS} [--dry-run] [--limit N] [--per-second 5] [--yes]`;
const isForReal = (values: Values): boolean => values['dry-run'] !== true;

/** The same for many consents, found by their search attributes: docs/operators.md. */
export const BULK_COMMANDS: readonly Command[] = [
  {
    words: ['consents', 'renew'],
    examples: ['--institution first-bank --expires-before 2027-01-31 --dry-run'],
    synopsis: SYNOPSIS,
    summary: 'invite the persons of active consents to authorize the same terms again',
    options: BULK_OPTIONS,
    changes: isForReal,
    run: (values, _positionals, settings) =>
      inBulk(values, settings, 'renew', ({ database, engine }) => {
        const { AUTHORIZATION_WINDOW_SECONDS: authorizationWindowSeconds } = settings('AUTHORIZATION_WINDOW_SECONDS');
        return renewal({ database, engine, vault: vaultOf(settings, database), authorizationWindowSeconds });
      }),
  },
  {
    words: ['consents', 'remind'],
    examples: ['--next-action renew --per-second 2 --yes'],
    synopsis: SYNOPSIS,
    summary: 'have active consents give the notice of their deadline now',
    options: BULK_OPTIONS,
    changes: isForReal,
    run: (values, _positionals, settings) => inBulk(values, settings, 'remind', reminder),
  },
];

function inBulk(
  values: Values,
  settings: Settings,
  verb: string,
  stepOf: (product: ProductHands) => BulkStep,
): Promise<CommandResult> {
  const options = parseOptions(bulkSchema, values);
  const query = consentQuery(filtersOf(options), options.query);
  return withProduct(settings, async (product) => {
    const step = stepOf(product);
    const found = await searchConsents(product.client, query, options.limit);
    const consents = (await overviewsOf(product.database, found.ids)).filter(isLive);
    const skipped = found.ids.length - consents.length;
    const more = found.hasMore ? `\nMore consents match than --limit ${options.limit}.` : '';
    const about = { query, matched: found.ids.length, hasMore: found.hasMore };
    const heading = `${consents.length} active consents to ${verb}${skipped > 0 ? `, ${skipped} that are not active skipped` : ''}.${more}`;
    if (options['dry-run']) {
      const listing = consents.length > 0 ? [table(OVERVIEW_HEADINGS, consents.map(overviewRow)), ''] : [];
      const text = [query, '', ...listing, `Dry run: nothing was touched. ${heading}`].join('\n');
      return { text, value: { ...about, isDryRun: true, skipped, consents: consents.map(overviewView) } };
    }
    if (consents.length > 0 && !options.yes) await confirm(`${heading}\nGo on?`);
    return runAll(consents, step, options, { ...about, isDryRun: false, skipped });
  });
}

/** So many in a row that fail are not about these consents: something of ours is away. */
const HOPELESS = 10;

async function runAll(
  consents: readonly ConsentOverview[],
  step: BulkStep,
  options: BulkOptions,
  about: object,
): Promise<CommandResult> {
  const stop = new AbortController();
  const onSignal = (): void => {
    process.stderr.write('Stopping after this one. Run the command again to go on.\n');
    stop.abort();
  };
  // The first one is a wish to stop between two consents; a second one ends the process.
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const told = withFailuresTold(step);
  let failuresInARow = 0;
  const results = await inTurn(consents, { perSecond: options['per-second'], signal: stop.signal }, async ({ id }) => {
    const outcome = await told(id);
    if (!options.json) process.stdout.write(`${id} ${outcome}\n`);
    failuresInARow = isFailure(outcome) ? failuresInARow + 1 : 0;
    if (failuresInARow >= HOPELESS) stop.abort();
    return { id, outcome };
  }).finally(() => {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  });
  return summaryOf(results, consents.length, about);
}

function summaryOf(
  results: readonly { readonly id: string; readonly outcome: BulkOutcome }[],
  planned: number,
  about: object,
): CommandResult {
  const outcomes = results.map(({ outcome }) => outcome);
  const counts = countsOf(outcomes);
  const left = planned - results.length;
  const parts = Object.entries(counts).map(([outcome, number]) => `${number} ${outcome}`);
  const text = [...parts, ...(left > 0 ? [`${left} not reached`] : [])].join(', ') || 'nothing to do';
  return {
    text,
    value: { ...about, counts, notReached: left, consents: results },
    failed: left > 0 || outcomes.some(isFailure),
    outcome: text,
  };
}

function isFailure(outcome: BulkOutcome): boolean {
  return outcome.startsWith('failed:');
}
