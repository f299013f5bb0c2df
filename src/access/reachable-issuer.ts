import { tlsIdentityOf } from '../fapi/tls-identity';
import { createTransport } from '../fapi/transport';
import { countIssuerKeys } from './issuer-keys';
import type { AccessTokenIssuer } from './issuer-settings';

/** Metadata in two places and then the keys: three of these, at most. */
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Reads the keys of an issuer as the API would, with nothing that it remembers.
 *
 * @returns how many keys there are
 * @throws {Error} saying why they cannot be read
 */
export async function reachIssuer(issuer: AccessTokenIssuer, proxyUrl: string | undefined): Promise<number> {
  const tls = tlsIdentityOf(issuer.caFile === undefined ? {} : { caFile: issuer.caFile });
  const transport = createTransport({ tls, proxyUrl, answerTimeoutMs: ANSWER_TIMEOUT_MS });
  try {
    return await countIssuerKeys(issuer, transport.fetch);
  } finally {
    await transport.close();
  }
}
