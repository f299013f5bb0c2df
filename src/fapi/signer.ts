import type { JWK } from 'jose';
import type { SignatureAlgorithm } from '../domain/institution';

/**
 * A private key that signs without being seen: in our vault, or in a key service that never gives it away. The shape of a key
 * service's `Sign` operation with a raw message (AWS KMS and its like), whose adapter turns signatures into the JWS form.
 */
export interface Signer {
  /** Names the key in the headers of what it signs and in the JWK Set we publish. */
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly publicJwk: JWK;
  /** The signature over `message` in the form of RFC 7518 §3 (for ES256: R and S, 64 octets, not DER). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The keys we authenticate with. Asked for every signature, so that a rotation takes effect without a restart. */
export interface ClientKeys {
  current(algorithm: SignatureAlgorithm): Signer | undefined;
}

/**
 * A compact JWS (RFC 7515 §7.1) over JSON claims or over bytes. Our libraries sign only with key handles of this process.
 */
export async function signCompact(
  signer: Signer,
  header: Readonly<Record<string, string>>,
  payload: object | Uint8Array,
): Promise<string> {
  const protectedHeader = { ...header, alg: signer.algorithm, kid: signer.kid };
  const input = `${base64url(protectedHeader)}.${base64url(payload)}`;
  const signature = await signer.sign(Buffer.from(input, 'ascii'));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

function base64url(content: object | Uint8Array): string {
  const bytes = content instanceof Uint8Array ? content : JSON.stringify(content);
  return Buffer.from(bytes as string).toString('base64url');
}
