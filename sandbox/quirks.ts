import { z } from 'zod';

/** oidc-provider's own, and FAPI 2.0 §5.3.2.2 knows no longer one: less than 600 seconds. */
const REQUEST_URI_LIFE_IN_SECONDS = 60;

const TEN_YEARS_IN_SECONDS = 315_360_000;

/** Ways in which banks differ, or are wrong, all of the time. What strikes and passes is a fault. */
export const quirks = z.strictObject({
  /** How far the bank's clock is ahead. */
  clockOffsetSeconds: z.int().min(-TEN_YEARS_IN_SECONDS).max(TEN_YEARS_IN_SECONDS),
  requestUriLifeInSeconds: z.int().min(1).max(REQUEST_URI_LIFE_IN_SECONDS),
  /** FDX has an array of links; older implementations an object of them, by what they are for. */
  consentLinks: z.enum(['array', 'object']),
  /** `older`: ONETIME and TIME_BASED, in answers. */
  durationTypes: z.enum(['fdx6', 'older']),
  /** FDX has `"code": "602"`. */
  errorCodes: z.enum(['string', 'number']),
});

export type Quirks = z.infer<typeof quirks>;

export const noQuirks: Quirks = {
  clockOffsetSeconds: 0,
  requestUriLifeInSeconds: REQUEST_URI_LIFE_IN_SECONDS,
  consentLinks: 'array',
  durationTypes: 'fdx6',
  errorCodes: 'string',
};
