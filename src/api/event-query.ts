import { z } from 'zod';
import type { ApplicationId, ConsentId } from '../domain/ids';
import { isConsentId } from '../domain/ids';
import { eventCursor } from '../events/cursor';
import { eventTypePattern, typesOf, type EventType } from '../events/event-types';

const MOST_TYPES = 20;

const instant = z.iso
  .datetime({ offset: true, message: 'an instant (RFC 3339)' })
  .transform((text) => new Date(text))
  .meta({ format: 'date-time' });

/** Which events: the same in the list and in the stream. */
export const eventFilters = {
  type: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((each) => each.split(',')))
    .pipe(z.array(eventTypePattern).max(MOST_TYPES))
    .optional()
    .meta({
      description:
        'Types, or all of a kind (`consent.*`): several separated by commas, or as a parameter that comes several times.',
    }),
  consentId: z
    .string()
    .refine(isConsentId, 'the id of a consent')
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
