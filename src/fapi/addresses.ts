import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { InstitutionProfile } from '../domain/institution';

/** A host that a bank's metadata named and that we do not go to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_NOT_PUBLIC';
}

/** Decides which hosts requests for one institution may reach. */
export interface AddressPolicy {
  /** @throws {AddressRefused} for an address written as such; names are judged by `lookup`, when they are resolved */
  check(url: URL): void;
  /** Resolves a name for a connection and refuses what it resolves to. */
  readonly lookup: LookupFunction;
}

/**
 * Hosts that the operator wrote into the profile are the operator's choice, wherever they are. Any other host came from the
 * bank's metadata, and must be public: otherwise a bank could have us ask our own network (server-side request forgery).
 */
export function addressPolicyOf(profile: AddressedProfile): AddressPolicy {
  const chosen = new Set(
    [
      profile.issuer,
      profile.fdx.baseUrl,
      profile.fdx.consents.baseUrl,
      profile.notifications?.baseUrl,
      profile.notifications?.jwksUri,
    ]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).hostname),
  );
  const isFree = (hostname: string): boolean => profile.allowPrivateAddresses || chosen.has(hostname);
  return {
    check({ hostname }) {
      const address = hostname.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0 && !isFree(hostname) && !isPublic(address)) throw new AddressRefused(hostname);
    },
    lookup: (hostname, options, callback) => {
      // All of them: a name that resolves to one public and one private address is refused as a whole.
      const all: LookupAllOptions = { ...options, all: true };
      lookup(hostname, all, (error, addresses) => {
        // Node gives no list along with an error, whatever its type says.
        if (error) callback(error, '', 0);
        else if (!isFree(hostname) && !addresses.every(({ address }) => isPublic(address))) {
          callback(new AddressRefused(hostname), '', 0);
        } else answer(callback, addresses, options.all === true);
      });
    },
  };
}

type AddressedProfile = Pick<InstitutionProfile, 'issuer' | 'allowPrivateAddresses'> & {
  readonly fdx: { readonly baseUrl: string; readonly consents: { readonly baseUrl?: string } };
  /** Absent in a profile that an earlier version has stored. */
  readonly notifications?: { readonly baseUrl?: string; readonly jwksUri?: string };
};

function answer(callback: Parameters<LookupFunction>[2], addresses: LookupAddress[], all: boolean): void {
  const [first] = addresses;
  if (all || !first) callback(null, addresses);
  else callback(null, first.address, first.family);
}

/** RFC 6890: neither private nor loopback nor link-local nor otherwise set apart. */
function isPublic(address: string): boolean {
  // `process` unwraps an IPv4 address that is mapped into IPv6.
  return ipaddr.process(address).range() === 'unicast';
}
