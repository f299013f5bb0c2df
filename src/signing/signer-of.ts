import { ConsentFailure } from '../domain/failures';
import { localSigner } from '../fapi/client-keys';
import type { Signer } from '../fapi/signer';
import { isDatabaseAway } from '../store/database';
import { LOCAL_PROVIDER, openSigningKey, type SigningKey } from '../store/signing-keys';
import type { KeyPlaces } from './key-materials';

export interface OpenableSigner extends Signer {
  /** Makes ready to sign, once. After a failure the next call tries again. */
  open(): Promise<unknown>;
}

/** A key of the table as something that signs: here, once it is opened, or at its key service. */
export function signerOf(places: KeyPlaces, key: SigningKey): OpenableSigner {
  let opening: Promise<Pick<Signer, 'sign'>> | undefined;

  function open(): Promise<Pick<Signer, 'sign'>> {
    opening ??= openedSigner(places, key).catch((error: unknown) => {
      opening = undefined;
      throw failureOf(error, key.kid);
    });
    return opening;
  }

  return {
    kid: key.kid,
    algorithm: key.algorithm,
    publicJwk: key.publicJwk,
    open,
    sign: async (message) => (await open()).sign(message),
  };
}

async function openedSigner(
  { database, vault, keyServices }: KeyPlaces,
  key: SigningKey,
): Promise<Pick<Signer, 'sign'>> {
  const { kid, algorithm, publicJwk, provider, keyReference } = key;
  if (provider === LOCAL_PROVIDER || keyReference === null) {
    return localSigner(algorithm, publicJwk, await openSigningKey(database, vault, kid));
  }
  const service = keyServices.get(provider);
  if (!service) throw new ConsentFailure('signing_unavailable', `No key service named ${provider} is configured.`);
  return { sign: (message) => service.sign({ keyReference, algorithm, message }) };
}

/** Whoever signs knows failures with a published code only. */
function failureOf(error: unknown, kid: string): ConsentFailure {
  if (error instanceof ConsentFailure) {
    // For whoever signs it is the same who does not answer: nothing was sent.
    return error.code === 'vault_unavailable' ? new ConsentFailure('signing_unavailable', error.detail) : error;
  }
  if (isDatabaseAway(error)) return new ConsentFailure('store_unavailable');
  return new ConsentFailure('signing_unavailable', `The private half of ${kid} does not open.`);
}
