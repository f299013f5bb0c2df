import { z } from 'zod';
import { Fault } from './fault';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hexadecimal');
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'is not base64url');
const number = z.number().int().positive();

/** Public members and what the key is for (RFC 7517 §4), and nothing else: nothing stands there that is not checked. */
const named = { kid: base64url, use: z.literal('sig') };
const keySchema = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('EC'),
    alg: z.literal('ES256'),
    crv: z.literal('P-256'),
    x: base64url,
    y: base64url,
    ...named,
  }),
  z.strictObject({ kty: z.literal('RSA'), alg: z.literal('PS256'), n: base64url, e: base64url, ...named }),
]);

export const keySetSchema = z.strictObject({ keys: z.array(keySchema) });
export type EvidenceKey = z.infer<typeof keySchema>;

const disclosureSchema = z.strictObject({
  disclosureId: z.string(),
  source: z.string(),
  template: z.string().optional(),
  language: z.string(),
  digest: base64url,
  document: z.record(z.string(), z.unknown()),
});
export type BundledDisclosure = z.infer<typeof disclosureSchema>;

const agreementSchema = z.strictObject({
  agreementId: z.string(),
  invitationId: z.string(),
  disclosureId: z.string(),
  method: z.string(),
  agreedAt: z.string(),
  recordedBy: z.string(),
  nameDigest: z.string().optional(),
  /** What the digest is taken over; only while it can be opened, and only when it was asked for. */
  typedName: z.strictObject({ name: z.string(), salt: z.string() }).optional(),
});
export type BundledAgreement = z.infer<typeof agreementSchema>;

const bundleSchema = z.strictObject({
  bundleVersion: z.literal(1),
  consentId: z.string().min(1),
  keys: keySetSchema,
  /** Compact JWS, oldest first. */
  receipts: z.array(z.string()),
  disclosures: z.array(disclosureSchema),
  agreements: z.array(agreementSchema),
  /** The exact texts that the hashes are taken over, from the first to the last. */
  events: z.array(z.string()).min(1, 'holds no event'),
  /** Where the chain ended when the bundle was made. */
  head: z.strictObject({ seq: number, hash }),
  /** Deletion certificates as compact JWS. */
  certificates: z.array(z.string()),
  /** Compact JWS, without a gap, from before the chain began up to the newest. */
  checkpoints: z.array(z.string()),
  /** The way from this chain to the root of the newest checkpoint; absent when the chain is younger. */
  inclusion: z
    .strictObject({
      checkpoint: number,
      seq: number,
      leafIndex: z.number().int().nonnegative(),
      treeSize: number,
      nodes: z.array(hash).max(64),
    })
    .optional(),
});

/** What `fdx-consent evidence export` writes. It says nothing that is not checked. */
export type Bundle = z.infer<typeof bundleSchema>;

/** @throws {Fault} naming the first member that is not as it must be */
export function parseBundle(text: string): Bundle {
  return parsed(bundleSchema, jsonOf(text, 'bundle'), '');
}

/** A JWK Set from elsewhere may say more of a key than we need to know. @throws {Fault} */
export function parseTrustedKeys(text: string): ReadonlySet<string> {
  const loose = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
  const { keys } = parsed(loose, jsonOf(text, 'trusted keys'), 'trusted ');
  return new Set(keys.map((key) => JSON.stringify([key['kty'], key['crv'], key['x'], key['y'], key['n'], key['e']])));
}

export function materialOf(key: EvidenceKey): string {
  const { crv, x, y, n, e } = key as Partial<Record<string, string>>;
  return JSON.stringify([key.kty, crv, x, y, n, e]);
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(where, 'is not JSON');
  }
}

function parsed<Output>(schema: z.ZodType<Output>, value: unknown, prefix: string): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Fault(prefix + placeOf(issue?.path ?? []), issue?.message ?? 'is not as it must be');
}

/** `checkpoints[3].nodes[0]`. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^\./, '') || 'bundle';
}
