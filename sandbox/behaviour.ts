import { z } from 'zod';

/** Where a bank may tell its id of a consent. Providers differ, and an application has to find it. */
const CONSENT_ID_PLACES = ['token_response', 'id_token', 'introspection', 'grant_id', 'nowhere'] as const;

/** What oidc-provider gives a `request_uri`. FAPI 2.0 §5.3.2.2 would allow for up to ten minutes. */
const REQUEST_URI_LIFE_IN_SECONDS = 60;

const DAY_IN_SECONDS = 86_400;
const TEN_YEARS_IN_SECONDS = 315_360_000;

const LARGEST_STATEMENT_IN_KILOBYTES = 204_800;

/**
 * Lasting traits of the bank that a test may switch while it runs, unlike the faults, which strike and pass: ways in which banks
 * differ, or are wrong all of the time.
 */
export const bankBehaviour = z.strictObject({
  /** FAPI 2.0 §5.3.2.1 advises against rotation; banks that rotate all the same exist, so clients must cope. */
  rotateRefreshTokens: z.boolean(),
  /** How long a refresh token that was rotated away may be sent again. `0`: sent again it looks stolen, and the grant is revoked. */
  previousRefreshTokenGraceInSeconds: z.int().min(0).max(DAY_IN_SECONDS),
  /** RFC 7592 §2.2: an update may be answered with a new registration access token, and the old one is then dead. */
  rotateRegistrationTokens: z.boolean(),
  /** Publishes its keys under one `kid`, which RFC 7517 §4.5 allows for keys of different types. */
  sharedKeyId: z.boolean(),
  /** FDX: in the token response, as `fdxConsentId`. Introspection tells it too, unless it is told `nowhere`. */
  consentIdIn: z.enum(CONSENT_ID_PLACES),
  /** How far the bank's clock is ahead of the true time. */
  clockOffsetSeconds: z.int().min(-TEN_YEARS_IN_SECONDS).max(TEN_YEARS_IN_SECONDS),
  requestUriLifeInSeconds: z.int().min(1).max(REQUEST_URI_LIFE_IN_SECONDS),
  /** FDX has an array of links; older implementations an object of them, by what they are for. */
  consentLinks: z.enum(['array', 'object']),
  /** `older`: ONETIME and TIME_BASED, in answers of the consent API. */
  durationTypes: z.enum(['fdx6', 'older']),
  /** FDX has `"code": "602"`. */
  errorCodes: z.enum(['string', 'number']),
  /** `false`: what happens to a consent is told to nobody, neither who has subscribed nor who asks. */
  publishNotifications: z.boolean(),
  /** How the bank says who it is when it publishes. `forged`: in the name of its key, signed with another that it has not published. */
  notificationAuthentication: z.enum(['private_key_jwt', 'none', 'forged']),
  /** Each notification is sent twice, under one `notificationId`. */
  duplicateNotifications: z.boolean(),
  /** `per_consent`: a consent made from now on has ids of its own for its accounts, which no other consent has for them. */
  accountIds: z.enum(['stable', 'per_consent']),
  /** Then also told, as `refresh_token_expires_in`. `null`: as long as the grant, and not told. */
  refreshTokenLifeInSeconds: z.int().min(1).max(TEN_YEARS_IN_SECONDS).nullable(),
  /** FDX: the 204 to a revocation may be ahead of its effect. */
  revocationTakesEffectAfterSeconds: z.int().min(0).max(DAY_IN_SECONDS),
  /** A person who allows an application something again changes the consent there is, whose id stays. */
  renewsInPlace: z.boolean(),
  /** How a page leads to the next. `key`: by `page.nextPageKey` and a link alike; the others by one thing only. */
  paging: z.enum(['key', 'link', 'relative_link', 'link_list', 'offset']),
  /** `with_empty_ones`: between any two pages there is an empty one. `looping`: the second page leads to itself. */
  pages: z.enum(['plain', 'with_empty_ones', 'looping']),
  /** Amounts have 20 digits. */
  longNumbers: z.boolean(),
  /** Statements are larger by so much. */
  statementKilobytes: z.int().min(0).max(LARGEST_STATEMENT_IN_KILOBYTES),
  /** Statements are there as image/png too, for those who ask for that. */
  statementImages: z.boolean(),
});

export type BankBehaviour = z.infer<typeof bankBehaviour>;

export const defaultBehaviour = (): BankBehaviour => ({
  rotateRefreshTokens: false,
  previousRefreshTokenGraceInSeconds: 0,
  rotateRegistrationTokens: true,
  sharedKeyId: false,
  consentIdIn: 'token_response',
  clockOffsetSeconds: 0,
  requestUriLifeInSeconds: REQUEST_URI_LIFE_IN_SECONDS,
  consentLinks: 'array',
  durationTypes: 'fdx6',
  errorCodes: 'string',
  publishNotifications: true,
  notificationAuthentication: 'private_key_jwt',
  duplicateNotifications: false,
  accountIds: 'stable',
  refreshTokenLifeInSeconds: null,
  revocationTakesEffectAfterSeconds: 0,
  renewsInPlace: false,
  paging: 'key',
  pages: 'plain',
  longNumbers: false,
  statementKilobytes: 0,
  statementImages: false,
});
