import { createHash, createPublicKey } from 'node:crypto';
import { decodeProtectedHeader, type JWK } from 'jose';
import { kantaraReceiptOf, type KantaraPolicy, type KantaraReceipt } from './kantara-receipt';
import { printedReceipt } from './printed-receipt';
import { readableReceipt } from './readable-receipt';
import type { ApplicationIdentity } from '../domain/party';
import type { PrintedDocument } from '../documents/printed-document';

/** A receipt as it is kept: a compact JWS. Everything else is made from it. */
export interface SignedReceipt {
  readonly signed: string;
}

/** The octets that were signed: the document, to the letter. */
export function payloadOf({ signed }: SignedReceipt): Buffer {
  return Buffer.from(signed.split('.')[1] ?? '', 'base64url');
}

/** SHA-256 of the payload, base64url: what a copy is compared by. */
export function receiptDigestOf(receipt: SignedReceipt): string {
  return createHash('sha256').update(payloadOf(receipt)).digest('base64url');
}

/** For a person. */
export function printSigned(receipt: SignedReceipt): PrintedDocument {
  const { kid = 'none' } = decodeProtectedHeader(receipt.signed);
  return printedReceipt(documentOf(receipt), { keyId: kid, digest: receiptDigestOf(receipt) });
}

/** As a Kantara receipt, or what has to be said first. @param keys published receipt keys */
export function exportSigned(
  receipt: SignedReceipt,
  sources: {
    readonly policy: KantaraPolicy;
    readonly application: ApplicationIdentity & { readonly id: string };
    readonly keys: readonly JWK[];
  },
): KantaraReceipt | { readonly missing: readonly string[] } {
  const { kid } = decodeProtectedHeader(receipt.signed);
  const key = sources.keys.find((each) => each.kid === kid);
  return kantaraReceiptOf(documentOf(receipt), { ...sources, ...(key && { publicKey: pemOf(key) }) });
}

function documentOf(receipt: SignedReceipt) {
  return readableReceipt(JSON.parse(payloadOf(receipt).toString('utf8')));
}

function pemOf(key: JWK): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
