/** One way into the bank. Behind every door is the same bank, but endpoints of applications have the door's address. */
export interface Door {
  name: 'browser' | 'mtls';
  origin: string;
}

/** What a person's browser visits, and what tells where everything is: at one address, by whatever door one came. */
const ISSUER_PATHS = /^\/($|\.well-known\/|jwks$|authorize(\/|$)|interaction\/|connections(\/|$))/;

/**
 * The URL that a request is about. A DPoP proof names the endpoint at the door where it was sent (RFC 9449 §4.2), while metadata
 * and redirects of a browser never leave the issuer's origin. The doors of one bank differ by port only.
 */
export function urlAt(door: Door, issuer: string, target: string): URL {
  const url = new URL(target, issuer);
  if (!ISSUER_PATHS.test(url.pathname)) url.port = new URL(door.origin).port;
  return url;
}
