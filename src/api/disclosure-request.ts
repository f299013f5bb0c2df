import { z } from 'zod';
import type { DisclosureDocument } from '../disclosures/document';
import { DAY_MS } from '../domain/days';
import { languageTagSchema } from '../disclosures/template-file';
import { nameIn } from './link-agreement';
import { RequestFailure, requestInvalid } from './problem';

const MAX_TEXT_BYTES = 64 * 1024;

/** Lines are ended as they are; whatever else has no shape on paper is refused. */
const text = z
  .string()
  .min(1)
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/u, 'must not hold control characters')
  .refine((value) => value.isWellFormed(), 'must not hold half of a surrogate pair')
  .refine((value) => Buffer.byteLength(value) <= MAX_TEXT_BYTES, 'is longer than 64 kB');
const words = text.meta({ maxLength: MAX_TEXT_BYTES });
const line = text.max(1000).regex(/^[^\n\r]*$/, 'is one line');

const documentSchema = z.strictObject({
  title: line,
  sections: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'takes lower-case letters, digits, _ and -'),
        heading: line.optional(),
        paragraphs: z.array(words).max(200).optional(),
        items: z.array(words).max(200).optional(),
      }),
    )
    .min(1)
    .max(100),
});

const agreementSchema = z
  .strictObject({
    method: z.enum(['button', 'typed_name']),
    agreedAt: z.iso.datetime({ offset: true }),
    name: z.string().max(1000).meta({ description: 'What the person typed: 1 to 200 characters.' }).optional(),
  })
  .meta({
    description: 'How and when the person agreed. A name goes with `typed_name`, which needs one.',
    // Judged in `parseDisclosure`, which says it in better words.
    override: ({ jsonSchema }) => {
      const { agreedAt = {}, name = {} } = jsonSchema.properties ?? {};
      const type = 'object';
      jsonSchema.oneOf = [
        {
          type,
          properties: { method: { type: 'string', const: 'button' }, agreedAt },
          required: ['method', 'agreedAt'],
          additionalProperties: false,
        },
        {
          type,
          properties: { method: { type: 'string', const: 'typed_name' }, agreedAt, name },
          required: ['method', 'agreedAt', 'name'],
          additionalProperties: false,
        },
      ];
      delete jsonSchema.properties;
      delete jsonSchema.required;
      delete jsonSchema.additionalProperties;
      delete jsonSchema.type;
    },
  });

export const disclosureSubmissionSchema = z
  .strictObject({
    language: languageTagSchema.meta({ description: 'BCP 47.' }),
    title: line.meta({ description: 'Goes with `text`: a document has its own.' }).optional(),
    document: documentSchema.optional(),
    text: words.meta({ description: 'All of it as plain text: blank lines part paragraphs.' }).optional(),
    agreement: agreementSchema,
  })
  .meta({
    id: 'DisclosureSubmission',
    description: 'What the application showed: either as sections in `document`, or as `text`.',
    oneOf: [{ required: ['document'], properties: { title: false } }, { required: ['text'] }],
  });

export interface SubmittedDisclosure {
  readonly language: string;
  readonly document: DisclosureDocument;
  readonly agreedAt: Date;
  /** When it was signed with one. */
  readonly name?: string | undefined;
}

/** Between two clocks that are both right enough. */
const SKEW_MS = 60_000;

/**
 * What an application showed by itself and says that the person agreed to.
 *
 * @param linkMadeAt people agree in the application first, and it asks us for the link afterwards: within a day
 * @throws {RequestFailure} request_invalid, naming each fault
 */
export function parseDisclosure(body: unknown, linkMadeAt: Date, now: Date): SubmittedDisclosure {
  const parsed = disclosureSubmissionSchema.safeParse(body ?? {});
  if (!parsed.success) throw requestInvalid(parsed.error);
  const { language, title, document, text, agreement } = parsed.data;
  const agreedAt = new Date(agreement.agreedAt);
  const name = agreement.name === undefined ? undefined : nameIn(agreement.name);
  const isSigned = agreement.method === 'typed_name';
  const faults = [
    ...((document === undefined) === (text === undefined) ? [['document', 'send either document or text']] : []),
    ...(document !== undefined && title !== undefined ? [['title', 'goes with text; a document has its own']] : []),
    ...(document !== undefined && Buffer.byteLength(JSON.stringify(document)) > MAX_TEXT_BYTES
      ? [['document', 'is longer than 64 kB']]
      : []),
    ...(agreedAt.getTime() > now.getTime() + SKEW_MS ? [['agreement.agreedAt', 'is in the future']] : []),
    ...(agreedAt.getTime() < linkMadeAt.getTime() - DAY_MS
      ? [['agreement.agreedAt', 'is more than a day before the link was made']]
      : []),
    ...(isSigned && name === undefined ? [['agreement.name', 'is needed with typed_name: 1 to 200 characters']] : []),
    ...(!isSigned && agreement.name !== undefined ? [['agreement.name', 'goes with typed_name']] : []),
  ];
  if (faults.length > 0) {
    throw new RequestFailure(
      'request_invalid',
      faults.map(([path = '', message = '']) => ({ path, message })),
    );
  }
  const content = document ?? sectionsOfText(text ?? '', title);
  return { language, document: { version: 1, language, ...content }, agreedAt, name };
}

/** Paragraphs are what blank lines part. */
function sectionsOfText(text: string, title: string | undefined): Pick<DisclosureDocument, 'title' | 'sections'> {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [first = ''] = paragraphs;
  return { title: title ?? first.split('\n')[0]?.slice(0, 300) ?? '', sections: [{ id: 'text', paragraphs }] };
}
