import { z } from 'zod';
import { lineOfText } from './line-of-text';

/** What an application writes on a consent for itself. */

export const MOST_METADATA = 20;
export const MOST_TAGS = 20;

export const metadataName = lineOfText(64);
export const metadataValue = lineOfText(500);
export const tagText = lineOfText(64);

export const metadataSchema = z
  .record(metadataName, metadataValue)
  .refine((entries) => Object.keys(entries).length <= MOST_METADATA, `at most ${MOST_METADATA} entries`)
  .meta({ maxProperties: MOST_METADATA, description: "The application's own; given back as it came." });

/** Each once, in the order in which they came. */
export const tagsSchema = z
  .array(tagText)
  .max(MOST_TAGS)
  .transform((tags) => [...new Set(tags)])
  .meta({
    description: 'Short labels of the application’s own, to find consents by; one that comes twice counts once.',
  });

/** A merge patch (RFC 7396): null takes a member away, a list takes the place of the one before. */
export const consentPatchSchema = z
  .strictObject({
    metadata: z.record(metadataName, metadataValue.nullable()).nullable().optional(),
    tags: tagsSchema.nullable().optional(),
  })
  .meta({
    id: 'ConsentPatch',
    description: 'What the application writes on a consent for itself (RFC 7396). What is left out stays.',
  });

export type ConsentPatch = z.infer<typeof consentPatchSchema>;

export interface Labels {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** RFC 7396 §2, for the two members that may be patched. */
export function mergeLabels(labels: Labels, { metadata, tags }: ConsentPatch): Labels {
  const entries = new Map(metadata === null ? [] : Object.entries(labels.metadata));
  for (const [name, value] of Object.entries(metadata ?? {})) {
    if (value === null) entries.delete(name);
    else entries.set(name, value);
  }
  return {
    metadata: Object.fromEntries(entries),
    tags: tags === undefined ? labels.tags : (tags ?? []),
  };
}
