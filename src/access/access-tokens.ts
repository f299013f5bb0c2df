import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { ConsentFailure } from '../domain/failures';
import { isScope, type Scope } from '../domain/scopes';
import { tlsIdentityOf } from '../fapi/tls-identity';
import { createTransport } from '../fapi/transport';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys';
import type { AccessTokenIssuer } from './issuer-settings';

/** Judges access tokens of the issuers that the settings name. */
export interface AccessTokens {
  /**
   * @throws {ConsentFailure} token_invalid; issuer_unavailable when nobody can tell
   * @see RFC 9068 §4, RFC 8725
   */
  verify(token: string): Promise<VerifiedToken>;
}

export interface VerifiedToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject?: string;
  /** Null: all. */
  readonly scopes: readonly Scope[] | null;
}

interface TrustedIssuer {
  readonly issuer: AccessTokenIssuer;
  readonly keys: IssuerKeys;
}

interface Surroundings {
  readonly proxyUrl: string | undefined;
  /** The issuer's keys could not be read. */
  readonly onUnreadable: (issuer: string) => void;
}

/** A request waits for it. */
const ANSWER_TIMEOUT_MS = 3_000;
/** Between the issuer's clock and ours. */
const CLOCK_TOLERANCE_SECONDS = 30;

export function createAccessTokens(
  issuers: readonly AccessTokenIssuer[],
  { proxyUrl, onUnreadable }: Surroundings,
): AccessTokens {
  const trusted = new Map<string, TrustedIssuer>(
    issuers.map((issuer) => {
      const tls = tlsIdentityOf(issuer.caFile === undefined ? {} : { caFile: issuer.caFile });
      const transport = createTransport({ tls, proxyUrl, answerTimeoutMs: ANSWER_TIMEOUT_MS });
      return [issuer.issuer, { issuer, keys: createIssuerKeys(issuer, transport.fetch, onUnreadable) }];
    }),
  );
  return {
    async verify(token) {
      const found = trusted.get(claimedIssuerOf(token));
      if (!found) throw new ConsentFailure('token_invalid', 'its issuer is not accepted here.');
      const { issuer } = found;
      const { payload, protectedHeader } = await verified(found, token).catch((error: unknown) => {
        throw refusalOf(error);
      });
      requireType(protectedHeader.typ, issuer);
      // Bound to a key or certificate (RFC 7800): whoever only bears it must not be believed (RFC 9449 §7.2).
      if (payload['cnf'] !== undefined) throw unfit('it is bound to a key, and only bearer tokens are accepted');
      return {
        issuer: issuer.issuer,
        clientId: clientIdOf(payload, issuer),
        ...subjectOf(payload),
        scopes: scopesOf(payload, issuer),
      };
    },
  };
}

/** Before anybody has verified it: which keys to judge it by. */
function claimedIssuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw unfit('it is not a JWT');
  }
}

async function verified({ issuer, keys }: TrustedIssuer, token: string): Promise<JWTVerifyResult> {
  const expected = {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: issuer.algorithms,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', issuer.clientIdClaim],
  };
  try {
    return await jwtVerify(token, keys, expected);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // RFC 7517 §4.5 allows for several keys under one name, and for a token that names none.
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, expected);
      } catch (again) {
        if (!(again instanceof errors.JWSSignatureVerificationFailed)) throw again;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function refusalOf(error: unknown): ConsentFailure {
  if (error instanceof ConsentFailure) return error;
  if (error instanceof errors.JWTExpired) return unfit('it has expired');
  // Its own message could quote the claim.
  if (error instanceof errors.JWTClaimValidationFailed) return unfit(`${error.claim} is missing or does not fit`);
  if (error instanceof errors.JOSEAlgNotAllowed) return unfit('its algorithm is not accepted');
  return unfit('no key of the issuer has signed it');
}

/** RFC 9068 §2.1: so that an ID token, which anybody's browser may hold, is not taken for one. */
function requireType(typ: string | undefined, { acceptsPlainJwt }: AccessTokenIssuer): void {
  const type = (typ ?? 'jwt').toLowerCase().replace(/^application\//, '');
  if (type !== 'at+jwt' && !(acceptsPlainJwt && type === 'jwt')) throw unfit('typ is not at+jwt');
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
function clientIdOf(payload: JWTPayload, { clientIdClaim }: AccessTokenIssuer): string {
  const clientId = payload[clientIdClaim];
  if (typeof clientId === 'string' && /^[^\p{Cc}]{1,255}$/u.test(clientId) && clientId.isWellFormed()) return clientId;
  throw unfit(`${clientIdClaim} names no client`);
}

function subjectOf({ sub }: JWTPayload): { subject?: string } {
  return typeof sub === 'string' ? { subject: sub } : {};
}

/** Those that are ours; an issuer has others. */
function scopesOf(payload: JWTPayload, { scopeClaim }: AccessTokenIssuer): readonly Scope[] | null {
  if (scopeClaim === null) return null;
  const claimed = payload[scopeClaim];
  const words: readonly unknown[] =
    typeof claimed === 'string' ? claimed.split(' ') : Array.isArray(claimed) ? claimed : [];
  return words.filter((word) => typeof word === 'string' && isScope(word));
}

function unfit(detail: string): ConsentFailure {
  return new ConsentFailure('token_invalid', `${detail}.`);
}
