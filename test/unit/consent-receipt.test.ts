import { canonicalJson } from '../../src/evidence/canonical';
import { consentReceiptSchema, receiptJsonSchema } from '../../src/evidence/receipt-schema';
import { readableReceipt } from '../../src/evidence/readable-receipt';
import { printedReceipt } from '../../src/evidence/printed-receipt';
import type { ReadableReceipt } from '../../src/evidence/readable-receipt';
import { renderPdf } from '../../src/documents/pdf';
import { FACTS, FIRST_RECEIPT, receiptWith } from './support/receipt';
import { faultsBy } from './support/json-schema';
import { readPdf } from './support/pdf-reader';
import { bankWith } from './support/profile';

const schema = receiptJsonSchema();
const SIGNATURE = { keyId: 'key-1', digest: 'digest-of-the-payload' };

/** What is known of a trip from before disclosures were kept, at a bank that says as little as it may. */
const LEAST = receiptWith({
  granted: { source: 'scope', durationType: 'PERSISTENT', resources: [] },
  disclosure: { digest: 'old', agreedAt: FACTS.disclosure.agreedAt },
  authorization: {
    ...FACTS.authorization,
    ...{ requestDigest: null, pushedAt: null, responseIssuer: null, receivedAt: null, tokensIssuedAt: null },
    ...{ authenticatedAt: null, acr: null },
  },
});

describe('a consent receipt', () => {
  it.each([
    ['that says everything', receiptWith()],
    ['that says the least', LEAST],
  ])('%s is valid by the published schema, and reads back from it as it was', (_, receipt) => {
    const read: unknown = JSON.parse(canonicalJson(receipt));
    expect(faultsBy(schema, read)).toEqual([]);
    expect(consentReceiptSchema.parse(read)).toEqual(receipt);
  });

  it.each<[string, object]>([
    ['a field that nobody knows', { ...receiptWith(), mood: 'good' }],
    ['an instant of another time zone', { ...receiptWith(), expirationDate: '2027-03-01T14:00:00.000+02:00' }],
    ['no end', { ...receiptWith(), expirationDate: undefined }],
    ['no scopes', { ...receiptWith(), grantedScopes: undefined }],
    ['another version', { ...receiptWith(), receiptVersion: 3 }],
    ['an unknown register', { ...receiptWith(), parties: [{ ...receiptWith().parties[0], registryReferences: [{}] }] }],
  ])('with %s is not', (_, document) => {
    expect(faultsBy(schema, JSON.parse(JSON.stringify(document)))).not.toEqual([]);
  });

  it('explains every field but those that their name explains', () => {
    const properties = (schema as { properties: Record<string, { description?: string; title?: string }> }).properties;
    const mute = Object.entries(properties).filter(([, { description, title }]) => !description && !title);
    expect(mute.map(([name]) => name).sort()).toEqual(['consentId', 'receiptId', 'receiptVersion', 'schema']);
  });

  it('says what the tokens are bound to in the words of the standard for it', () => {
    const mtls = bankWith({
      senderConstraint: { method: 'mtls' },
      clientCertificate: { certificateFile: 'c', keyFile: 'k' },
    });
    expect(receiptWith().evidence.senderConstraint).toEqual({
      method: 'dpop',
      confirmation: { jkt: FACTS.authorization.senderThumbprint },
    });
    expect(receiptWith({ profile: mtls }).evidence.senderConstraint).toEqual({
      method: 'mtls',
      confirmation: { 'x5t#S256': FACTS.authorization.senderThumbprint },
    });
  });

  it('was made when the bank says, else when the tokens came, else when it is signed', () => {
    const { source, durationType, resources } = FACTS.granted;
    const granted = { source, durationType, resources };
    expect(receiptWith().createdTime).toBe('2026-03-01T12:00:01.000Z');
    const tokensIssuedAt = new Date('2026-03-01T12:00:02.000Z');
    expect(receiptWith({ granted, authorization: { ...FACTS.authorization, tokensIssuedAt } }).createdTime).toBe(
      '2026-03-01T12:00:02.000Z',
    );
    expect(LEAST.createdTime).toBe(FACTS.issuedAt.toISOString());
  });

  it('of version 1 reads as one of today, as far as it goes', () => {
    expect(readableReceipt(FIRST_RECEIPT)).toMatchObject({
      receiptVersion: 1,
      receiptId: FIRST_RECEIPT.receiptId,
      disclosure: { digest: FIRST_RECEIPT.evidence.disclosureDigest, agreedAt: FIRST_RECEIPT.evidence.agreedAt },
    });
    expect(() => readableReceipt({ ...FIRST_RECEIPT, receiptVersion: 7 })).toThrow();
    expect(() => readableReceipt({})).toThrow();
  });
});

describe('a printed receipt', () => {
  const textOf = async (receipt: ReadableReceipt): Promise<string> =>
    (await readPdf(await renderPdf(printedReceipt(receipt, SIGNATURE)))).text.replace(/\s+/g, ' ');

  it('tells a person what, until when to the second, how to end it, and what it is a copy of', async () => {
    const text = await textOf(readableReceipt(receiptWith()));
    for (const said of [
      'You let Budget Bee read data from Bank.',
      'See all your accounts',
      'Account acc-1: Transaction data',
      'About you: Sensitive personal information',
      'What was asked for and you do not share • Account statements',
      'March 1, 2027 at 12:00:02 PM UTC',
      'at any time and free of charge',
      'Registered (GLEIF) Budget Bee, Inc., 5493',
      FACTS.receiptId,
      FACTS.disclosure.digest,
      ...Object.values(SIGNATURE),
    ]) {
      expect(text).toContain(said);
    }
  });

  it('of version 1 is printed as well', async () => {
    expect(await textOf(readableReceipt(FIRST_RECEIPT))).toContain(FIRST_RECEIPT.receiptId);
  });
});
