import { z } from 'zod';
import { REGISTRIES, type Contact, type RegistryReference } from '../domain/party';

/** Where people and programs read more of a party. */
const pageUrl = z.url({ protocol: /^https?$/ }).max(2048);
const line = (longest: number) => z.string().trim().min(1).max(longest);

export const registryReferenceSchema = z
  .strictObject({
    registry: z.enum(REGISTRIES).meta({ description: 'The kind of register, as FDX names it.' }),
    registeredEntityName: line(200).meta({ description: 'The name that the party has there.' }),
    registeredEntityId: line(200).meta({ description: 'The id that the party has there.' }),
  })
  .meta({ description: 'An entry of the party in a public or private register (FDX Party).' });

export const registryReferencesSchema = z.array(registryReferenceSchema).min(1).max(10);
export const homeUriSchema = pageUrl;

export const contactSchema = z.strictObject({
  name: line(200).optional(),
  address: line(500).optional(),
  email: z.email().max(320).optional(),
  phone: line(50).optional(),
  policyUrl: pageUrl.optional(),
});

const FORM = 'takes REGISTRY:ID:NAME, such as GLEIF:5493001KJTIIGC8Y1R12:Example Inc.';

/** One reference as a person types it: `REGISTRY:ID:NAME`. */
export const typedReference = z.string().transform((text, context): RegistryReference => {
  const [registry, registeredEntityId, ...name] = text.split(':').map((part) => part.trim());
  const parsed = registryReferenceSchema.safeParse({
    registry,
    registeredEntityId,
    registeredEntityName: name.join(':'),
  });
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: `${FORM}; the registries are ${REGISTRIES.join(', ')}` });
  return z.NEVER;
});

/** What is known of how a party is reached, or undefined where nothing is. */
export function contactOf(contact: z.infer<typeof contactSchema>): Contact | undefined {
  const known = JSON.parse(JSON.stringify(contact)) as Contact;
  return Object.keys(known).length === 0 ? undefined : known;
}
