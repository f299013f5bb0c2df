import { z } from 'zod';
import { ENDPOINTS } from './endpoints';

/** What may be wrong about a JWT that the bank has signed. */
const forgery = {
  set: z.record(z.string(), z.unknown()).optional(),
  remove: z.array(z.string()).optional(),
  signedBy: z.enum(['bank', 'stranger', 'nobody']).optional(),
  alg: z.enum(['ES256', 'PS256', 'EdDSA']).optional(),
  kid: z.string().min(1).optional(),
};

const milliseconds = z.int().min(0).max(600_000);

/** Every fault a test may plant, with what it needs to know. What each one does is in `fault-behaviours.ts`. */
export const fault = z.discriminatedUnion('kind', [
  /** Answers instead of the bank. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    body: z.unknown().optional(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** Answers instead of the bank; at `authorize`, sends the person back with this error instead of a code. */
  z.strictObject({
    kind: z.literal('oauth_error'),
    status: z.int().min(400).max(599).optional(),
    error: z.string().min(1),
    errorDescription: z.string().optional(),
  }),
  /** Never answers. */
  z.strictObject({ kind: z.literal('timeout') }),
  /** Breaks the connection before the bank has seen the request. */
  z.strictObject({ kind: z.literal('reset') }),
  /** Breaks the connection after the bank has done everything that was asked. */
  z.strictObject({ kind: z.literal('answer_lost') }),
  z.strictObject({ kind: z.literal('drip'), bytesPerSecond: z.int().min(1).max(1_000_000) }),
  z.strictObject({ kind: z.literal('delay'), milliseconds }),
  /** Changes members of the JSON the bank answers with. */
  z.strictObject({
    kind: z.literal('rewrite_json'),
    set: z.record(z.string(), z.unknown()).optional(),
    remove: z.array(z.string()).optional(),
  }),
  /** Changes the parameters with which the person returns to the application: the last redirect of `authorize`. */
  z.strictObject({
    kind: z.literal('rewrite_callback'),
    set: z.record(z.string(), z.string()).optional(),
    remove: z.array(z.string()).optional(),
    duplicate: z.array(z.string()).optional(),
  }),
  /** Replaces the ID token of a token response: other claims, and signed by the bank, by a stranger, or not at all. */
  z.strictObject({ kind: z.literal('forge_id_token'), ...forgery }),
  /** The same for the signed response of an authorization (JARM), at `authorize`. */
  z.strictObject({ kind: z.literal('forge_response'), ...forgery }),
  /** Answers with a redirect to the very same place, which a client that follows never leaves. */
  z.strictObject({ kind: z.literal('redirect_loop') }),
  /** Answers 200 with JSON that goes on for so many megabytes, or until the client hangs up. */
  z.strictObject({ kind: z.literal('giant_body'), megabytes: z.int().min(1).max(1000).default(20) }),
  /** Does everything that was asked and cuts the end off its JSON: what it says stands in it, and it is no JSON. */
  z.strictObject({ kind: z.literal('malformed_json') }),
]);

export type Fault = z.infer<typeof fault>;
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

export const faultRule = z.strictObject({
  id: z.string().min(1).optional(),
  endpoint: z.enum(ENDPOINTS),
  fault,
  /** How often it strikes; absent: until it is deleted. */
  times: z.int().min(1).optional(),
  /** Only requests of this client. */
  clientId: z.string().min(1).optional(),
});

export type FaultRuleRequest = z.infer<typeof faultRule>;
