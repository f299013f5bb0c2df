import { z } from 'zod';
import { DATA_CLUSTERS } from '../domain/clusters';
import { withoutClientId, type RegistrationTerms } from '../domain/registration';
import { DURATION_TYPES } from '../domain/terms';
import { institutionProfileFields, parseInstitutionProfile, type Fault } from './profile';

const text = (most: number) => z.string().trim().min(1).max(most);
/** A page that the bank shows to people. */
const page = z.url({ protocol: /^https?$/ }).max(2048);

const registryReference = z.strictObject({
  registered_entity_name: text(200),
  registered_entity_id: text(200),
  registry: z.enum(['FDX', 'GLEIF', 'ICANN', 'PRIVATE']),
});

/**
 * What the operator may say of us: RFC 7591 §2 and FDX, by their names. Redirect URIs, keys, algorithms and authentication are not
 * here, since they follow from the profile and from where we live.
 */
const metadata = z.strictObject({
  client_name: text(200),
  description: text(1000).optional(),
  client_uri: page.optional(),
  logo_uri: page.optional(),
  policy_uri: page.optional(),
  tos_uri: page.optional(),
  contacts: z.array(text(200)).max(20).optional(),
  scope: z
    .string()
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
      'scope tokens with one space between (RFC 6749 §3.3)',
    )
    .max(4000)
    .optional(),
  duration_type: z.array(z.enum(DURATION_TYPES)).min(1).optional(),
  duration_period: z.int().min(1).max(3650).optional(),
  lookback_period: z.int().min(1).max(3650).optional(),
  registry_references: z.array(registryReference).max(20).optional(),
  intermediaries: z
    .array(
      z.strictObject({
        name: text(200),
        description: text(1000).optional(),
        uri: page.optional(),
        logo_uri: page.optional(),
        contacts: z.array(text(200)).max(20).optional(),
        registry_references: z.array(registryReference).max(20).optional(),
      }),
    )
    .max(20)
    .optional(),
  software_id: text(200).optional(),
  software_version: text(200).optional(),
  // RFC 8705 §2.1.2: for the method tls_client_auth, which certificate is ours.
  tls_client_auth_subject_dn: text(1000).optional(),
  tls_client_auth_san_dns: text(255).optional(),
  tls_client_auth_san_uri: text(2048).optional(),
});

/** The part of a registration file that no profile has. Described in docs/registration.md. */
export const registrationRequestSchema = z.strictObject({
  endpoint: z
    .url({ protocol: /^https$/ })
    .max(2048)
    .optional(),
  dataClusters: z.array(z.enum(DATA_CLUSTERS)).min(1).optional(),
  metadata,
});

/** RFC 6750 §2.1: b64token. */
export const initialAccessTokenSchema = z.string().regex(/^[A-Za-z0-9\-._~+/]{1,8192}=*$/);

/** A registration file as it travels: an institution profile without `clientId`, and what registering takes. */
export const registrationFileSchema = institutionProfileFields
  .omit({ clientId: true })
  .extend({
    registration: registrationRequestSchema,
    initialAccessToken: initialAccessTokenSchema
      .meta({ description: 'What the bank gave so that we may register (RFC 7591 §3). Secret.' })
      .optional(),
  })
  .meta({ id: 'RegistrationFile', description: 'Field by field in docs/registration.md and docs/institutions.md.' });

/** Only to have the rest of a profile parsed: the bank gives the real one. */
const NO_CLIENT_ID_YET = 'unregistered';

/** Parses an institution profile without `clientId` and with `registration`, or lists every fault in it. */
export function parseRegistrationTerms(input: unknown): RegistrationTerms | { readonly faults: readonly Fault[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { faults: [{ path: '', message: 'is not a JSON object' }] };
  }
  const { registration, clientId, ...rest } = input as Record<string, unknown>;
  const profile = parseInstitutionProfile({ ...rest, clientId: NO_CLIENT_ID_YET });
  const request = registrationRequestSchema.safeParse(registration);
  const faults: Fault[] = [
    ...(clientId === undefined ? [] : [{ path: 'clientId', message: 'is what the bank will give; leave it out' }]),
    ...('faults' in profile ? profile.faults : []),
    ...(request.error?.issues ?? []).map(({ path, message }) => ({
      path: ['registration', ...path].join('.'),
      message,
    })),
  ];
  if (faults.length > 0 || 'faults' in profile || !request.success) return { faults };
  // zod types an absent optional as `undefined`; in JSON it is not there.
  const terms = { template: withoutClientId(profile), request: request.data };
  return JSON.parse(JSON.stringify(terms)) as RegistrationTerms;
}
