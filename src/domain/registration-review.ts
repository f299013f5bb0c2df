import { SIGNATURE_ALGORITHMS, type InstitutionProfile, type SignatureAlgorithm } from './institution';
import type { ClientMetadata, UnregisteredProfile } from './registration';

/** What the bank made of the metadata we asked for. */
export interface RegistrationReview {
  /** What makes the registration weaker than FAPI 2.0 or opens it to others: it is not used. */
  readonly weaknesses: readonly string[];
  /** What the bank changed otherwise, which it may (RFC 7591 §3.2.1). */
  readonly differences: readonly string[];
}

/**
 * Compares what the bank registered with what we asked. Nothing that came back is trusted to be what was sent.
 *
 * @see RFC 7591 §3.2.1: the server may reject or replace any of the client's requested metadata values
 */
export function reviewRegistration(asked: ClientMetadata, registered: ClientMetadata): RegistrationReview {
  const weak = Object.keys(registered)
    .concat(Object.keys(asked))
    .filter((name, index, names) => names.indexOf(name) === index)
    .filter((name) => isWeaker(name, asked[name], registered[name]));
  const different = Object.keys(asked).filter(
    (name) => !weak.includes(name) && !isSame(name, asked[name], registered[name]),
  );
  const say = (name: string): string => `${name}: asked ${shown(asked[name])}, registered ${shown(registered[name])}`;
  return { weaknesses: weak.map(say), differences: different.map(say) };
}

function isWeaker(name: string, asked: unknown, registered: unknown): boolean {
  switch (name) {
    // RFC 7591 §2: left out, it would make us a client with a secret.
    case 'token_endpoint_auth_method':
      return registered !== asked;
    // Another URI would send codes, another key set would let somebody else be us.
    case 'redirect_uris':
    case 'jwks_uri':
      return !isSame(name, asked, registered);
    case 'jwks':
      return registered !== undefined;
    case 'response_types':
      return !isSame(name, asked, registered ?? asked);
    case 'grant_types': {
      const granted = listOf(registered ?? asked);
      return !granted.includes('authorization_code') || granted.includes('implicit') || granted.includes('password');
    }
    // Absent means any of the bank's algorithms (OpenID Connect Registration §2): ours then still counts.
    case 'token_endpoint_auth_signing_alg':
    case 'request_object_signing_alg':
      return asked !== undefined && registered !== undefined && algorithmNamed(registered) === undefined;
    // Absent means RS256.
    case 'id_token_signed_response_alg':
    case 'authorization_signed_response_alg':
      return asked !== undefined && algorithmNamed(registered) === undefined;
    case 'dpop_bound_access_tokens':
    case 'tls_client_certificate_bound_access_tokens':
      return asked === true && registered === false;
    default:
      return false;
  }
}

/** Lists and scopes are sets; of numbers and texts every character counts. */
function isSame(name: string, asked: unknown, registered: unknown): boolean {
  const algorithm = algorithmNamed(asked);
  if (algorithm !== undefined) return algorithm === algorithmNamed(registered);
  if (name === 'scope') return sameMembers(tokensOf(asked), tokensOf(registered));
  if (Array.isArray(asked)) return sameMembers(listOf(asked), listOf(registered));
  return canonical(asked) === canonical(registered);
}

function tokensOf(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ') : [];
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [new Set(left), new Set(right)];
  return one.size === other.size && [...one].every((member) => other.has(member));
}

function listOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.map((member: unknown) => (typeof member === 'string' ? member : (canonical(member) ?? '')));
}

/** JSON whose members are in order: PostgreSQL keeps objects in an order of its own. */
function canonical(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${canonical(member) ?? ''}`).join(',')}}`;
}

/** Short and printable: a bank may register anything, and this is logged and shown. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\x20-\x7e]*$/.test(text) ? (text.length > 200 ? `${text.slice(0, 200)}…` : text) : 'something unprintable';
}

/** RFC 9864 §2.2 renames EdDSA over Ed25519; servers use either name. */
function algorithmNamed(value: unknown): SignatureAlgorithm | undefined {
  return SIGNATURE_ALGORITHMS.find((name) => name === value || (name === 'EdDSA' && value === 'Ed25519'));
}

/** The profile with the bank's id for us, and with the algorithms it chose in place of those we asked for. */
export function profileRegisteredAs(
  clientId: string,
  template: UnregisteredProfile,
  registered: ClientMetadata,
): InstitutionProfile {
  const { clientAuthentication: authentication } = template;
  const assertion = algorithmNamed(registered['token_endpoint_auth_signing_alg']);
  const requestObject = algorithmNamed(registered['request_object_signing_alg']);
  return {
    ...template,
    clientId,
    clientAuthentication:
      authentication.method === 'private_key_jwt' && assertion !== undefined
        ? { ...authentication, algorithm: assertion }
        : authentication,
    idTokenSignedResponseAlg:
      (template.openid ? algorithmNamed(registered['id_token_signed_response_alg']) : undefined) ??
      template.idTokenSignedResponseAlg,
    authorizationSignedResponseAlg:
      (template.responseMode === 'jwt' ? algorithmNamed(registered['authorization_signed_response_alg']) : undefined) ??
      template.authorizationSignedResponseAlg,
    request:
      template.request.signed && requestObject !== undefined
        ? { ...template.request, signingAlgorithm: requestObject }
        : template.request,
  };
}
