import { createLocalJWKSet, decodeJwt, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { ConsentFailure } from '../domain/failures';
import { SIGNATURE_ALGORITHMS, type InstitutionProfile } from '../domain/institution';
import { spellingsOf } from './metadata-review';
import type { PublisherKeys } from './publisher-keys';

/** An assertion that its bank has made for us. */
export interface PublisherAssertion {
  readonly issuer: string;
  /** `jti`: good once. */
  readonly id: string;
  /** Epoch milliseconds after which it is refused for its age. */
  readonly usableUntil: number;
}

/**
 * Judges the assertion with which a bank says that it is the bank: its keys, our address, its time. Whether it has been used
 * before is for the caller to say.
 *
 * @param audience our own address
 * @throws {ConsentFailure} publisher_unauthenticated; as_keys_unreachable, as_unreachable, as_metadata_unusable when it cannot be
 *   judged
 * @see RFC 7523 §3 (the claims of such an assertion), FAPI 2.0 Security Profile §5.4.1 (algorithms), FDX event notifications
 */
export async function verifyPublisher(
  { issuer, clockToleranceSeconds }: InstitutionProfile,
  keys: PublisherKeys,
  assertion: string,
  audience: string,
): Promise<PublisherAssertion> {
  const expected = {
    issuer,
    subject: issuer,
    audience,
    algorithms: SIGNATURE_ALGORITHMS.flatMap(spellingsOf),
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp', 'iat', 'jti'],
  };
  const claims = await withKeys(keys, (set) => verifyWith(set, assertion, expected)).catch((error: unknown) => {
    throw refusalOf(error);
  });
  return judgeClaims(claims, issuer, clockToleranceSeconds);
}

/**
 * Whom an assertion is said to come from, before anybody has verified it.
 *
 * @returns undefined for what is no JWT or names no issuer
 */
export function claimedIssuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

/** What nobody of ours has signed. Says no more: whether a bank is known here is not everybody's business. */
export function unsignedBy(): ConsentFailure {
  return new ConsentFailure('publisher_unauthenticated', 'no institution known here has signed it as its issuer.');
}

type Expected = NonNullable<Parameters<typeof jwtVerify>[2]>;

/** A bank that has changed its keys signs with one we have not seen: they are read once more, and judged by once more. */
async function withKeys<Result>(keys: PublisherKeys, judge: (set: JSONWebKeySet) => Promise<Result>): Promise<Result> {
  const set = await keys.current();
  try {
    return await judge(set);
  } catch (error) {
    const newer = isUnsigned(error) ? await keys.renewed(set) : undefined;
    if (!newer) throw error;
    return judge(newer);
  }
}

async function verifyWith(set: JSONWebKeySet, assertion: string, expected: Expected): Promise<JWTPayload> {
  try {
    return (await jwtVerify(assertion, createLocalJWKSet(set), expected)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // RFC 7517 §4.5 allows for several keys under one name.
    for await (const key of error) {
      try {
        return (await jwtVerify(assertion, key, expected)).payload;
      } catch (again) {
        if (!isUnsigned(again)) throw again;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function isUnsigned(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
}

function refusalOf(error: unknown): ConsentFailure {
  if (error instanceof ConsentFailure) return error;
  if (isUnsigned(error)) return unsignedBy();
  if (error instanceof errors.JWTExpired) return unfit('exp has passed');
  // Its own message could quote the claim.
  if (error instanceof errors.JWTClaimValidationFailed) return unfit(`${error.claim} is missing or does not fit`);
  return unfit('it is no JWT signed with PS256, ES256 or EdDSA');
}

/** FDX says nothing of an assertion's life; one that is good for long could be caught and used for long. */
const LONGEST_LIFE_SECONDS = 600;

function judgeClaims({ exp = 0, iat = 0, jti }: JWTPayload, issuer: string, tolerance: number): PublisherAssertion {
  const now = Date.now() / 1000;
  if (iat > now + tolerance) throw unfit('iat lies ahead');
  if (exp > now + LONGEST_LIFE_SECONDS + tolerance) throw unfit('exp lies more than ten minutes ahead');
  if (!isPrintable(jti)) throw unfit('jti is no string of 1 to 256 characters');
  return { issuer, id: jti, usableUntil: (exp + tolerance) * 1000 };
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && /^[^\p{Cc}]{1,256}$/u.test(value) && value.isWellFormed();
}

function unfit(detail: string): ConsentFailure {
  return new ConsentFailure('publisher_unauthenticated', `${detail}.`);
}
