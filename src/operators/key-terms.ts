import { ONE_LINE } from '../domain/one-line';
import { z } from 'zod';
import { ALL_SCOPES, type Scope } from '../domain/scopes';

/** What may be said of a key, by HTTP and on the command line. */

export const keyLabel = z
  .string('is needed')
  .trim()
  .min(1, 'is needed')
  .max(100, 'takes at most 100 characters')
  .regex(ONE_LINE, 'takes one line of text');

export const keyScopes = z
  .array(z.enum(ALL_SCOPES as readonly [Scope, ...Scope[]], `takes ${ALL_SCOPES.join(', ')}`))
  .min(1, 'takes at least one: a key without scopes named has all of them')
  .refine((scopes) => new Set(scopes).size === scopes.length, 'names one twice');

/** For the old key to be taken out of wherever it is. */
export const DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;
/** An overlap that never ends is no rotation. */
export const LONGEST_OVERLAP_SECONDS = 30 * DEFAULT_OVERLAP_SECONDS;

export const LONGEST_LIFE_DAYS = 3_650;

/** Exactly as it is in the tokens: nothing is compared less than exactly. */
export const issuerClient = {
  issuer: z.url({ protocol: /^https?$/, error: 'takes the issuer as its tokens name it' }).max(500),
  clientId: z.string('is needed').min(1, 'is needed').max(255).regex(ONE_LINE, 'takes one line of text'),
};

export const requestsPerMinute = z.coerce.number('takes a number').int().min(1).max(10_000_000);
