import { kantaraReceiptOf, kantaraReceiptSchema, type KantaraSources } from '../../src/evidence/kantara-receipt';
import { readableReceipt } from '../../src/evidence/readable-receipt';
import { FACTS, FIRST_RECEIPT, receiptWith } from './support/receipt';

const contact = { name: 'Office', address: '1 Street, Town', email: 'office@example.com', phone: '+1 555 0100' };
const COMPLETE: KantaraSources = {
  policy: { jurisdiction: 'US', sensitiveClusters: ['CUSTOMER_PERSONAL'], aggregatorContact: contact },
  application: { id: 'bee', contact: { ...contact, policyUrl: 'https://bee.example/privacy' } },
  publicKey: 'PEM',
};

describe('a Kantara receipt', () => {
  it('says of a receipt what the specification asks for (§4.3 to §4.5)', () => {
    const receipt = readableReceipt(receiptWith());
    const exported = kantaraReceiptOf(receipt, COMPLETE);
    expect(exported).toEqual({
      version: 'KI-CR-v1.1.0',
      jurisdiction: 'US',
      consentTimestamp: Math.floor(FACTS.disclosure.agreedAt.getTime() / 1000),
      collectionMethod: 'Disclosure on a web page, signed with a typed name; then authorized at the bank',
      consentReceiptID: FACTS.receiptId,
      publicKey: 'PEM',
      language: 'en-US',
      piiPrincipalId: FACTS.personPseudonym,
      piiControllers: [
        {
          ...{ piiController: 'Budget Bee', onBehalf: false, contact: 'Office', email: contact.email },
          ...{ phone: contact.phone, address: { streetAddress: contact.address } },
          piiControllerUrl: 'https://budget-bee.example',
        },
        {
          ...{ piiController: 'FDX Consent', onBehalf: true, contact: 'Office', email: contact.email },
          ...{ phone: contact.phone, address: { streetAddress: contact.address } },
        },
      ],
      policyUrl: 'https://bee.example/privacy',
      services: [
        {
          service: 'Budget Bee',
          purposes: [
            {
              purpose: 'See all your accounts',
              purposeCategory: ['2 - Contracted Service'],
              consentType: 'EXPLICIT',
              piiCategory: ['Transaction data', 'Sensitive personal information'],
              primaryPurpose: true,
              termination: '2027-03-01T12:00:02.250Z, or when the person revokes the consent',
              thirdPartyDisclosure: true,
              thirdPartyName: 'FDX Consent',
            },
          ],
        },
      ],
      sensitive: true,
      spiCat: ['Sensitive personal information'],
    });
    expect(kantaraReceiptSchema.parse(exported)).toEqual(exported);
  });

  it('is not sensitive where the law does not call it so', () => {
    const policy = { ...COMPLETE.policy, sensitiveClusters: [] };
    expect(kantaraReceiptOf(readableReceipt(receiptWith()), { ...COMPLETE, policy })).toMatchObject({
      sensitive: false,
      spiCat: [],
    });
  });

  it('is made of a receipt of version 1 too', () => {
    expect(kantaraReceiptOf(readableReceipt(FIRST_RECEIPT), COMPLETE)).toMatchObject({
      consentReceiptID: FIRST_RECEIPT.receiptId,
    });
  });

  it('makes nothing up: it names every setting and option that is wanting', () => {
    const nothing = { policy: { sensitiveClusters: [] }, application: { id: 'bee' } };
    expect(kantaraReceiptOf(readableReceipt(receiptWith()), nothing)).toEqual({
      missing: [
        'RECEIPT_JURISDICTION',
        ...['AGGREGATOR_CONTACT_NAME', 'AGGREGATOR_ADDRESS', 'AGGREGATOR_EMAIL', 'AGGREGATOR_PHONE'],
        ...['--contact-name', '--address', '--email', '--phone', '--policy-url'].map(
          (option) => `fdx-consent applications update bee ${option}`,
        ),
      ],
    });
  });
});
