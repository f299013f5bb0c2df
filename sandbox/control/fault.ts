import { z } from 'zod';
import { ENDPOINTS } from './endpoints';

const milliseconds = z.int().min(0).max(600_000);

/** An answer made up from nothing. */
const wholeAnswer = {
  status: z.int().min(200).max(599),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
};

/**
 * Other claims, another header, and a signature by the bank, by a stranger, or by nobody. `rotated`: by a key that the bank has
 * made a moment before, so that nobody can have seen it, and has published.
 */
const forgery = {
  set: z.record(z.string(), z.unknown()).optional(),
  remove: z.array(z.string()).optional(),
  signedBy: z.enum(['bank', 'stranger', 'nobody', 'rotated']).optional(),
  /** Another of the bank's algorithms. */
  alg: z.enum(['ES256', 'PS256', 'EdDSA']).optional(),
  /** `null` leaves it out. */
  kid: z.string().nullable().optional(),
};

/** Every fault a test may plant, with what it needs to know. What each one does is in `fault-behaviours.ts`. */
export const fault = z.discriminatedUnion('kind', [
  /** Answers instead of the bank. */
  z.strictObject({ kind: z.literal('status'), ...wholeAnswer }),
  /** Does what was asked, and then answers with this. */
  z.strictObject({ kind: z.literal('replace_answer'), ...wholeAnswer }),
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
  /** Breaks the connection in the middle of the body, or after so many bytes of it. */
  z.strictObject({ kind: z.literal('break_off'), afterBytes: z.int().min(0).optional() }),
  /** The same, but keeps the connection and says nothing more. */
  z.strictObject({ kind: z.literal('fall_silent'), afterBytes: z.int().min(0).optional() }),
  z.strictObject({ kind: z.literal('delay'), milliseconds }),
  /** Sends the client back to where it came from, or to the same path at another origin. */
  z.strictObject({
    kind: z.literal('redirect_loop'),
    status: z.literal([301, 302, 303, 307, 308]).optional(),
    to: z.url().optional(),
  }),
  /** The bank's JSON and so many megabytes more, without saying how long it will be. */
  z.strictObject({ kind: z.literal('giant_body'), megabytes: z.int().min(1).max(1024).optional() }),
  /** The bank's JSON, cut off somewhere or with something behind it; without either, its last byte is missing. */
  z.strictObject({
    kind: z.literal('malformed_json'),
    cutAfterBytes: z.int().min(0).optional(),
    tail: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('rewrite_status'), status: wholeAnswer.status }),
  z.strictObject({
    kind: z.literal('rewrite_headers'),
    set: z.record(z.string(), z.string()).optional(),
    remove: z.array(z.string()).optional(),
  }),
  /**
   * `every_answer`: a new nonce comes with every answer, and the one before is refused. `always_refused`: no nonce is ever
   * right.
   */
  z.strictObject({ kind: z.literal('dpop_nonce'), mode: z.enum(['every_answer', 'always_refused']) }),
  /** Names the scheme of `www-authenticate` in another way: RFC 9110 §11.1 has it case-insensitive. */
  z.strictObject({ kind: z.literal('rewrite_challenge'), scheme: z.string().min(1) }),
  /** Binds the access token of a token response to a key that nobody has. */
  z.strictObject({ kind: z.literal('rebind_token') }),
  /** Lets the `request_uri` with which a person comes to `authorize` have lapsed. */
  z.strictObject({ kind: z.literal('request_uri_expired') }),
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
  /** Replaces the ID token of a token response. */
  z.strictObject({ kind: z.literal('forge_id_token'), ...forgery }),
  /** Replaces the signed answer (JARM) with which the person returns to the application. */
  z.strictObject({ kind: z.literal('forge_response'), ...forgery }),
]);

export type Forgery = z.infer<z.ZodObject<typeof forgery>>;
export type WholeAnswer = z.infer<z.ZodObject<typeof wholeAnswer>>;

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
  /** Only requests about this authorization, from its PAR to the calls with its tokens; all that is named must match. */
  authorization: z
    .strictObject({
      codeChallenge: z.string().min(1),
      /** Of an authorization that was pushed before the fault is planted. */
      requestUri: z.string().min(1),
      consentId: z.string().min(1),
      durationPeriod: z.int(),
      lookbackPeriod: z.int(),
    })
    .partial()
    .refine((named) => Object.keys(named).length > 0, { message: 'name something of the authorization' })
    .optional(),
});

export type FaultRuleRequest = z.infer<typeof faultRule>;
