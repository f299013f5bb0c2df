import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A host that somebody else named and that we do not go to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_NOT_PUBLIC';
}

/** Decides which hosts requests may reach. */
export interface AddressPolicy {
  /** @throws {AddressRefused} for an address written as such; names are judged by `lookup`, when they are resolved */
  check(url: URL): void;
  /** Resolves a name for a connection and refuses what it resolves to. */
  readonly lookup: LookupFunction;
}

/** How names become addresses; Node's own way, but for tests of names that move. */
export type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Hosts that others name must be public: otherwise they could have us ask our own network (server-side request forgery). An address is
 * judged where the connection is made, so that a name cannot be public for the check and private for the request. ADR 0010.
 *
 * @param isFree hosts that may be anywhere
 */
export function publicAddresses(isFree: (hostname: string) => boolean, resolve: ResolveAll = lookup): AddressPolicy {
  return {
    check({ hostname }) {
      const address = hostname.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0 && !isFree(hostname) && !isPublic(address)) throw new AddressRefused(hostname);
    },
    lookup: (hostname, options, callback) => {
      // All of them: a name that resolves to one public and one private address is refused as a whole.
      const all: LookupAllOptions = { ...options, all: true };
      resolve(hostname, all, (error, addresses) => {
        // Node gives no list along with an error, whatever its type says.
        if (error) callback(error, '', 0);
        else if (!isFree(hostname) && !addresses.every(({ address }) => isPublic(address))) {
          callback(new AddressRefused(hostname), '', 0);
        } else answer(callback, addresses, options.all === true);
      });
    },
  };
}

function answer(callback: Parameters<LookupFunction>[2], addresses: LookupAddress[], all: boolean): void {
  const [first] = addresses;
  if (all || !first) callback(null, addresses);
  else callback(null, first.address, first.family);
}

/** RFC 4291 §2.4: of IPv6 only this is assigned to the public; `::127.0.0.1` and others that no range of the list names lie outside. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** RFC 6890: neither private nor loopback nor link-local nor otherwise set apart. */
export function isPublic(address: string): boolean {
  // `process` unwraps an IPv4 address that is mapped into IPv6.
  const given = ipaddr.process(address);
  if (given.range() !== 'unicast') return false;
  return given.kind() === 'ipv4' || given.match(PUBLIC_IPV6);
}
