import { ConsentFailure } from '../domain/failures';
import { isThisMachine } from '../outbound/loopback';
import { publicAddresses, type AddressPolicy, type ResolveAll } from '../outbound/public-addresses';

export interface AddressRules {
  /** For development: addresses of this network, and http on this machine. */
  readonly allowPrivateAddresses: boolean;
  readonly resolve?: ResolveAll | undefined;
}

const LONGEST = 2_048;
const HTTPS_PORT = 443;
/** Below are the system's own services, which no receiver is among but https. */
const FIRST_FREE_PORT = 1_024;

/**
 * An address that we send to, in its normal form. Names are judged when they are resolved, with each attempt.
 *
 * @throws {ConsentFailure} webhook_url_refused, saying why
 */
export function parseEndpointUrl(text: string, rules: AddressRules): URL {
  const refuse = (why: string): never => {
    throw new ConsentFailure('webhook_url_refused', why);
  };
  if (text.length > LONGEST || !URL.canParse(text))
    return refuse('it is not an absolute URL of at most 2048 characters.');
  const url = new URL(text);
  const isLocalHttp = rules.allowPrivateAddresses && url.protocol === 'http:' && isThisMachine(url.hostname);
  if (url.protocol !== 'https:' && !isLocalHttp) return refuse('it is not https.');
  if (url.username !== '' || url.password !== '') return refuse('it has credentials in it.');
  if (url.hash !== '') return refuse('it has a fragment.');
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT && !isLocalHttp)
    return refuse('its port is neither 443 nor above 1023.');
  try {
    addressesOf(rules).check(url);
  } catch {
    return refuse('its address is not public.');
  }
  return url;
}

export function addressesOf({ allowPrivateAddresses, resolve }: AddressRules): AddressPolicy {
  return publicAddresses(() => allowPrivateAddresses, resolve);
}
