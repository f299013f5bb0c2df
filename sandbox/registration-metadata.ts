import { errors } from 'oidc-provider';
import { z } from 'zod';

/** What FDX adds to the metadata of RFC 7591 §2. */
const schema = {
  description: z.string().min(1).max(1000),
  duration_type: z.array(z.enum(['ONE_TIME', 'PERSISTENT', 'TIME_BOUND'])).min(1),
  duration_period: z.int().min(1).max(366),
  lookback_period: z.int().min(1).max(3650),
  registry_references: z.array(
    z.strictObject({
      registered_entity_name: z.string().min(1),
      registered_entity_id: z.string().min(1),
      registry: z.enum(['FDX', 'GLEIF', 'ICANN', 'PRIVATE']),
    }),
  ),
  intermediaries: z.array(
    z.looseObject({
      name: z.string().min(1),
      description: z.string().optional(),
      uri: z.url().optional(),
      logo_uri: z.url().optional(),
      contacts: z.array(z.string()).optional(),
    }),
  ),
} as const;

type FdxMember = keyof typeof schema;

export const FDX_METADATA = Object.keys(schema) as FdxMember[];

/** @throws invalid_client_metadata (RFC 7591 §3.2.2) for a member of FDX that is not as FDX has it */
export function checkFdxMetadata(key: string, value: unknown): void {
  if (value === undefined || !Object.hasOwn(schema, key)) return;
  const { success, error } = schema[key as FdxMember].safeParse(value);
  if (success) return;
  throw new errors.InvalidClientMetadata(`${key}: ${error.issues[0]?.message ?? 'not valid'}`);
}
