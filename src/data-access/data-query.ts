import { z } from 'zod';
import { dataResources, type DataResource, type PathParameters, type QueryParameter } from './resources';

/** What is asked of a resource, beside which one it is. Values go to the bank as they came. */
export interface DataQuery {
  readonly accountIds?: string | undefined;
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  readonly resultType?: string | undefined;
  readonly limit?: string | undefined;
}

export interface ParsedQuery {
  readonly query: DataQuery;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One fault of a request, with the place where it is. */
export interface QueryFault {
  readonly path: string;
  readonly message: string;
}

const MOST_ACCOUNTS = 100;
const MOST_PER_PAGE = 1_000;
/** FDX Identifier. */
const LONGEST_ID = 256;

/**
 * An id is a segment of the bank's path. One with dot segments would lead elsewhere there, with the person's token: URL parsers
 * resolve `..` (WHATWG URL), and some servers decode `%2F` first. Half of a surrogate pair, which JSON can hold, has no UTF-8.
 */
const identifier = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .regex(/^(?!(?:.*[\\/])?\.{1,2}(?:[\\/]|$))[^\u0000-\u001f\u007f-\u009f]*$/u, 'not an id')
  .refine((id) => id.isWellFormed(), 'not an id');

/** An id of the bank's in a path. */
export const bankIdSchema = identifier;

const instant = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'a date, such as 2026-01-31, or an instant with its offset (RFC 3339)',
);

const PARAMETERS = {
  accountIds: z
    .string()
    .refine((text) => {
      const ids = text.split(',');
      return ids.length <= MOST_ACCOUNTS && ids.every((id) => identifier.safeParse(id).success);
    }, `at most ${MOST_ACCOUNTS} account ids, separated by commas`)
    .meta({
      pattern: '^(?!(?:.*[\\\\/,])?\\.{1,2}(?:[\\\\/,]|$))(?!.*,,)(?!,)(?!.*,$)[^\\u0000-\\u001f\\u007f-\\u009f]+$',
      description: `At most ${MOST_ACCOUNTS} account ids, separated by commas.`,
    })
    .optional(),
  startTime: instant.meta({ description: 'From when on; with endTime, or not at all.' }).optional(),
  endTime: instant.meta({ description: 'Until when, a date as a whole day; with startTime.' }).optional(),
  resultType: z.enum(['lightweight', 'details']).optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d{0,2}|1000)$/, `1 to ${MOST_PER_PAGE}`)
    .meta({ description: `How many at most, 1 to ${MOST_PER_PAGE}. Banks may send fewer.` })
    .optional(),
  cursor: z.string().min(1).max(16_384).meta({ description: '`nextCursor` of the page before.' }).optional(),
} satisfies Record<QueryParameter, z.ZodType>;

const schema = z.strictObject(PARAMETERS);

/** What each resource takes, made once: a schema costs more than what it reads. */
const schemas = new Map(dataResources().map(([, resource]) => [resource, schemaOf(resource)]));

function schemaOf({ parameters }: DataResource): typeof schema {
  const mask = Object.fromEntries(parameters.map((name) => [name, true]));
  return schema.pick(mask as Record<QueryParameter, true>);
}

/** The parameters of a resource, each a text as it comes in an address. */
export function dataQuerySchemaOf(resource: DataResource): z.ZodObject {
  return schemas.get(resource) ?? schemaOf(resource);
}

/** Reads what was asked, strictly: a parameter that is not known would be one that is not heeded. */
export function parseDataQuery(
  resource: DataResource,
  ids: PathParameters,
  input: unknown,
): ParsedQuery | { readonly faults: readonly QueryFault[] } {
  const parsed = (schemas.get(resource) ?? schemaOf(resource)).safeParse(input);
  const faults = [
    ...faultsOfIds(ids),
    ...(parsed.success ? faultsOfDates(parsed.data) : parsed.error.issues.map(faultOf)),
  ];
  if (!parsed.success || faults.length > 0) return { faults };
  const { cursor, ...query } = parsed.data;
  return { query, ...(cursor !== undefined && { cursor }) };
}

function faultOf(issue: z.core.$ZodIssue): QueryFault {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
  return { path: issue.path.join('.') || unknown.slice(0, 200), message: issue.message.slice(0, 300) };
}

function faultsOfIds(ids: PathParameters): QueryFault[] {
  return Object.entries(ids).flatMap(([name, id]) =>
    identifier.safeParse(id).success ? [] : [{ path: name, message: `an id of at most ${LONGEST_ID} characters` }],
  );
}

/** FDX: both dates or neither. */
function faultsOfDates({ startTime, endTime }: DataQuery): QueryFault[] {
  if (startTime === undefined && endTime === undefined) return [];
  if (startTime === undefined) return [{ path: 'startTime', message: 'give both startTime and endTime, or neither' }];
  if (endTime === undefined) return [{ path: 'endTime', message: 'give both startTime and endTime, or neither' }];
  return startOf(startTime) > endOf(endTime) ? [{ path: 'endTime', message: 'is before startTime' }] : [];
}

/** A date is a whole day. */
export function startOf(time: string): number {
  return Date.parse(time);
}

function endOf(time: string): number {
  return Date.parse(time.length === '2026-01-31'.length ? `${time}T23:59:59.999Z` : time);
}
