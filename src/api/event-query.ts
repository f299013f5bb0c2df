import { z } from 'zod';
import type { ApplicationId, ConsentId } from '../domain/ids';
import { CONSENT_ID_FORM } from '../domain/ids';
import { eventCursor } from '../events/cursor';
import { eachIs, instant, severalWords } from './request-input';
import { eventTypePattern, typesOf, type EventType } from '../events/event-types';

const MOST_TYPES = 20;

/** Which events: the same in the list and in the stream. */
export const eventFilters = {
  type: severalWords
    .pipe(z.array(eventTypePattern).max(MOST_TYPES))
    .optional()
    .meta({
      description:
        'Types, or all of a kind (`consent.*`): several separated by commas, or as a parameter that comes several times.',
      override: eachIs(eventTypePattern),
    }),
  consentId: z
    .string()
    .regex(CONSENT_ID_FORM, 'the id of a consent')
    .optional()
    .meta({ description: 'Of this consent alone.' }),
  from: instant.optional().meta({ description: 'Not before (RFC 3339).' }),
  cursor: eventCursor.optional().meta({ description: 'Go on from there.' }),
} as const;

export function filtersOf(
  applicationId: ApplicationId,
  {
    type: patterns,
    consentId,
    from,
  }: { type?: string[] | undefined; consentId?: string | undefined; from?: Date | undefined },
) {
  return {
    applicationId,
    types: patterns && ([...new Set(patterns.flatMap(typesOf))] as readonly EventType[]),
    consentId: consentId as ConsentId | undefined,
    from,
  };
}
