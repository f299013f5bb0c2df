import { z } from 'zod';
import { consentReceiptSchema, type ConsentReceipt } from './receipt-schema';

/** What is told of a receipt of any version, to a person or in another form. */
export type ReadableReceipt = Omit<
  ConsentReceipt,
  'schema' | 'receiptVersion' | 'authorizationId' | 'createdTime' | 'grantedScopes' | 'evidence'
> & {
  readonly receiptVersion: 1 | 2;
  /** Absent where a receipt of version 1 does not say. */
  readonly grantedScopes?: readonly string[] | undefined;
  readonly evidence: Pick<ConsentReceipt['evidence'], 'issuer' | 'clientId'>;
};

const { shape } = consentReceiptSchema;

/** Receipts of the first version: they stay as they were signed. */
const firstReceiptSchema = z.object({
  receiptVersion: z.literal(1),
  receiptId: shape.receiptId,
  supersedes: shape.supersedes,
  consentId: shape.consentId,
  bankConsentId: shape.bankConsentId,
  issuedAt: shape.issuedAt,
  parties: shape.parties,
  personPseudonym: shape.personPseudonym,
  purpose: shape.purpose,
  requested: shape.requested,
  granted: shape.granted,
  difference: shape.difference,
  grantedScopes: shape.grantedScopes.optional(),
  expirationDate: shape.expirationDate,
  evidence: z.object({
    issuer: z.string(),
    clientId: z.string(),
    agreedAt: shape.issuedAt,
    disclosureDigest: z.string(),
  }),
});

const storedReceiptSchema = z.discriminatedUnion('receiptVersion', [consentReceiptSchema, firstReceiptSchema]);

/** @throws {ZodError} for what is no receipt of ours */
export function readableReceipt(document: unknown): ReadableReceipt {
  const stored = storedReceiptSchema.parse(document);
  if (stored.receiptVersion === 2) return stored;
  const { evidence, ...receipt } = stored;
  const { agreedAt, disclosureDigest: digest, ...bank } = evidence;
  return { ...receipt, disclosure: { digest, agreedAt }, evidence: bank };
}
