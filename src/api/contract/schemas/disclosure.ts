import { z } from 'zod';
import { exampleIdOf, idOf, instant } from './values';

const agreement = {
  id: idOf('agreement'),
  method: z.enum(['button', 'typed_name']).meta({ description: 'How the person agreed.' }),
  agreedAt: instant,
  recordedBy: z.string().meta({ description: 'Who wrote it down: our page, or `application:ID`.' }),
  nameDigest: z.string().meta({ description: 'Salted digest of the name that the person typed.' }).optional(),
};

const disclosure = {
  id: idOf('disclosure'),
  consentId: idOf('consent'),
  invitationId: idOf('invitation', 'The link by which it was shown.'),
  source: z.enum(['template', 'application']).meta({
    description: 'Whether we showed it, or the application its own.',
  }),
  template: z.string().meta({ description: 'Template, language and version.' }).optional(),
  language: z.string().meta({ description: 'BCP 47.' }),
  digest: z.string().meta({ description: 'SHA-256 over the canonical form of the document, base64url.' }),
};

export const disclosureSchema = z
  .strictObject({ ...disclosure, agreement: z.strictObject(agreement) })
  .meta({ id: 'Disclosure', description: 'What the person was shown and agreed to, without its words.' });

export const disclosureListSchema = z
  .strictObject({ disclosures: z.array(disclosureSchema) })
  .meta({ id: 'DisclosureList', description: 'All that the person agreed to, oldest first.' });

const section = z.strictObject({
  id: z.string(),
  heading: z.string().optional(),
  paragraphs: z.array(z.string()).optional(),
  items: z.array(z.string()).optional(),
});

export const wholeDisclosureSchema = z
  .strictObject({
    ...disclosure,
    agreement: z.strictObject({
      ...agreement,
      name: z.string().meta({ description: 'The name that the person typed, while it is kept.' }).optional(),
    }),
    document: z.strictObject({
      version: z.literal(1),
      language: z.string(),
      title: z.string(),
      sections: z.array(section),
    }),
  })
  .meta({ id: 'WholeDisclosure', description: 'A disclosure, word for word.' });

export const DISCLOSURE_EXAMPLE = {
  id: exampleIdOf('disclosure'),
  consentId: exampleIdOf('consent'),
  invitationId: exampleIdOf('invitation'),
  source: 'application',
  language: 'en',
  digest: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  agreement: {
    id: exampleIdOf('agreement'),
    method: 'button',
    agreedAt: '2026-02-01T09:01:00.000Z',
    recordedBy: 'application:budget-app',
  },
} as const;

export const WHOLE_DISCLOSURE_EXAMPLE = {
  ...DISCLOSURE_EXAMPLE,
  document: {
    version: 1,
    language: 'en',
    title: 'Share your accounts with Budget App',
    sections: [{ id: 'text', paragraphs: ['Budget App asks for your transactions of the last 90 days.'] }],
  },
} as const;

export const DISCLOSURE_REQUEST_EXAMPLE = {
  language: 'en',
  title: 'Share your accounts with Budget App',
  text: 'Budget App asks for your transactions of the last 90 days.',
  agreement: { method: 'button', agreedAt: '2026-02-01T09:01:00Z' },
};
