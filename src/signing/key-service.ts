import type { JWK } from 'jose';
import type { SignatureAlgorithm } from '../domain/institution';

/**
 * Makes private keys and signs with them, and never gives one away. The shape of AWS KMS (`CreateKey`, and `Sign` with a raw
 * message), so that an adapter for it, or for its like, is a page of code.
 */
export interface KeyService {
  /** @throws {ConsentFailure} signing_unavailable. Not to be repeated blindly: each call makes a key. */
  createKey(algorithm: SignatureAlgorithm): Promise<{ readonly keyReference: string; readonly publicJwk: JWK }>;
  /**
   * @returns the signature in the form of RFC 7518 §3. Services answer ECDSA in DER; turning that round is the adapter's work.
   * @throws {ConsentFailure} signing_unavailable
   */
  sign(request: SignRequest): Promise<Uint8Array>;
}

export interface SignRequest {
  readonly keyReference: string;
  readonly algorithm: SignatureAlgorithm;
  readonly message: Uint8Array;
}

/** By the name that stands in the `provider` column of the keys that lie there. */
export type KeyServices = ReadonlyMap<string, KeyService>;
