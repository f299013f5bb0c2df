import { z } from 'zod';
import { CONSENT_STATUSES, NEXT_ACTIONS } from '../domain/consent';
import type { ConsentId, InstitutionId } from '../domain/ids';
import type { ConsentFilters } from '../store/consent-search';
import { metadataName, metadataSchema, metadataValue, MOST_METADATA, MOST_TAGS, tagText } from './labels';
import { lineOfText } from './line-of-text';
import { DEFAULT_PER_PAGE, eachIs, instant, MOST_PER_PAGE, pageLimit, severalWords } from './request-input';

/** By what an application finds its consents: as parameters of an address, and as a body for what no address should hold. */

const at = (description: string) => instant.meta({ description }).optional();

const filters = {
  nextAction: z.enum(NEXT_ACTIONS).meta({ description: 'What is to be done next.' }).optional(),
  institutionId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id from GET /v1/institutions')
    .meta({ description: 'At this institution.' })
    .optional(),
  expiresBefore: at('Active consents whose deadline, theirs or the bank’s, is earlier.'),
  expiresAfter: at('Active consents whose deadline, theirs or the bank’s, is then or later.'),
  createdBefore: at('Asked for earlier.'),
  createdAfter: at('Asked for then or later.'),
  updatedBefore: at('Last changed earlier.'),
  updatedAfter: at('Last changed then or later.'),
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'Oldest first, or newest first.' }),
  cursor: z
    .string()
    .regex(/^cns_[0-9a-f]{32}$/, 'the nextCursor of an earlier page')
    .meta({ description: '`nextCursor` of the page before; filters and order stay as they were.' })
    .optional(),
};

/** A parameter that comes once or several times. */
function several<Each extends z.ZodType<unknown, string>>(each: Each, most: number) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat())
    .pipe(z.array(each).max(most));
}

/** What the whole of a pair looks like, for who reads the contract: the two parts are judged by their own schemas. */
const PAIR = /^[^:\x00-\x1f\x7f-\x9f]{1,64}:[^\x00-\x1f\x7f-\x9f]{1,500}$/;

/** `name:value`. A name that holds a colon is for the search by body. */
const pair = z.string().transform((text, context): readonly [string, string] => {
  const at = text.indexOf(':');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || !metadataName.safeParse(name).success || !metadataValue.safeParse(value).success) {
    context.addIssue({ code: 'custom', message: 'a name, a colon and a value' });
    return z.NEVER;
  }
  return [name, value];
});

export const consentsQuerySchema = z.strictObject({
  status: severalWords
    .transform((words) => [...new Set(words)])
    .pipe(z.array(z.enum(CONSENT_STATUSES)))
    .meta({
      description: 'Of one of these: several with commas between, or as a parameter that comes several times.',
      override: eachIs(z.enum(CONSENT_STATUSES)),
    })
    .optional(),
  ...filters,
  tag: several(tagText, MOST_TAGS)
    .meta({ description: 'That have this tag; several times: all of them.', override: eachIs(tagText) })
    .optional(),
  metadata: several(pair, MOST_METADATA)
    .meta({
      description:
        'That have this entry, as `name:value`; several times: all of them. For a name that holds a colon: POST /v1/consents/search.',
      override: eachIs(z.string().regex(PAIR)),
    })
    .optional(),
  limit: pageLimit,
});

export const consentSearchSchema = z
  .strictObject({
    person: z
      .strictObject({ reference: lineOfText(256) })
      .meta({ description: "Of this person, by the application's own name for them." })
      .optional(),
    status: z.array(z.enum(CONSENT_STATUSES)).min(1).meta({ description: 'Of one of these.' }).optional(),
    ...filters,
    tags: z.array(tagText).max(MOST_TAGS).meta({ description: 'That have all of these.' }).optional(),
    metadata: metadataSchema.meta({ description: 'That have all of these entries.' }).optional(),
    limit: z.int().min(1).max(MOST_PER_PAGE).default(DEFAULT_PER_PAGE),
  })
  .meta({ id: 'ConsentSearch', description: 'By what consents are found. What is left out does not matter.' });

/** A page of consents, as it was asked for. */
export interface PageAsked {
  readonly filters: ConsentFilters;
  readonly order: 'asc' | 'desc';
  readonly after: ConsentId | undefined;
  readonly limit: number;
}

export function askedByQuery({ tag, metadata, ...query }: z.infer<typeof consentsQuerySchema>): PageAsked {
  return asked(query, { tags: tag, metadata: metadata && Object.fromEntries(metadata) });
}

export function askedByBody(
  { person, tags, metadata, ...query }: z.infer<typeof consentSearchSchema>,
  pseudonymOf: (reference: string) => string,
): PageAsked {
  return asked(query, { tags, metadata, personPseudonym: person && pseudonymOf(person.reference) });
}

type Plain = Omit<z.infer<typeof consentSearchSchema>, 'person' | 'tags' | 'metadata'>;

function asked({ order, cursor, limit, institutionId, ...query }: Plain, more: ConsentFilters): PageAsked {
  return {
    filters: { ...query, ...more, institutionId: institutionId as InstitutionId | undefined },
    order,
    after: cursor as ConsentId | undefined,
    limit,
  };
}
