import type { InstitutionProfile } from '../domain/institution';
import { publicAddresses, type AddressPolicy } from '../outbound/public-addresses';

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
  return publicAddresses((hostname) => profile.allowPrivateAddresses || chosen.has(hostname));
}

type AddressedProfile = Pick<InstitutionProfile, 'issuer' | 'allowPrivateAddresses'> & {
  readonly fdx: { readonly baseUrl: string; readonly consents: { readonly baseUrl?: string } };
  /** Absent in a profile that an earlier version has stored. */
  readonly notifications?: { readonly baseUrl?: string; readonly jwksUri?: string };
};
