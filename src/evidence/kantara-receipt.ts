import { z } from 'zod';
import { isDataCluster, labelsOf, type DataCluster } from '../domain/clusters';
import type { ApplicationIdentity, Contact } from '../domain/party';
import { clustersOf } from '../domain/terms';
import type { ReadableReceipt } from './readable-receipt';

/** What a Kantara receipt says that a receipt of ours does not: settings, as they are when it is exported. */
export interface KantaraPolicy {
  readonly jurisdiction?: string;
  /** Clusters that the law there calls sensitive. */
  readonly sensitiveClusters: readonly DataCluster[];
  readonly aggregatorContact?: Contact;
}

export interface KantaraSources {
  readonly policy: KantaraPolicy;
  readonly application: ApplicationIdentity & { readonly id: string };
  /** The key that signed our receipt, PEM. */
  readonly publicKey?: string;
}

const text = z.string().min(1);
const controllerSchema = z.strictObject({
  piiController: text,
  onBehalf: z.boolean(),
  contact: text,
  address: z.strictObject({ streetAddress: text }),
  email: text,
  phone: text,
  piiControllerUrl: z.url().optional(),
});
const purposeSchema = z
  .strictObject({
    purpose: text,
    purposeCategory: z.array(text).min(1),
    consentType: z.literal('EXPLICIT'),
    piiCategory: z.array(text).min(1),
    primaryPurpose: z.boolean(),
    termination: text,
    thirdPartyDisclosure: z.boolean(),
    thirdPartyName: text.optional(),
  })
  .refine((purpose) => !purpose.thirdPartyDisclosure || purpose.thirdPartyName !== undefined);

/** @see Kantara Consent Receipt Specification 1.1.0, §4.3 to §4.5: which fields there are and which are required */
export const kantaraReceiptSchema = z
  .strictObject({
    version: z.literal('KI-CR-v1.1.0'),
    jurisdiction: text,
    /** Seconds since the epoch (§4.3.3). */
    consentTimestamp: z.int().positive(),
    collectionMethod: text,
    consentReceiptID: text,
    publicKey: text.optional(),
    language: text.optional(),
    piiPrincipalId: text,
    piiControllers: z.array(controllerSchema).min(1),
    policyUrl: z.url(),
    services: z.array(z.strictObject({ service: text, purposes: z.array(purposeSchema).min(1) })).min(1),
    sensitive: z.boolean(),
    spiCat: z.array(text),
  })
  .refine(({ sensitive, spiCat }) => sensitive === spiCat.length > 0);

export type KantaraReceipt = z.infer<typeof kantaraReceiptSchema>;

/** A receipt of ours as a Kantara receipt, or what would have to be said first: nothing in it is made up. */
export function kantaraReceiptOf(
  receipt: ReadableReceipt,
  sources: KantaraSources,
): KantaraReceipt | { readonly missing: readonly string[] } {
  const missing = missingIn(receipt, sources);
  if (missing.length > 0) return { missing };
  const { policy, application, publicKey } = sources;
  const { disclosure, requested } = receipt;
  const shared = clustersOf(receipt.granted.resources);
  const sensitive = shared.filter((name) => isDataCluster(name) && policy.sensitiveClusters.includes(name));
  const recipient = partyOf(receipt, 'DATA_RECIPIENT');
  const aggregator = partyOf(receipt, 'DATA_ACCESS_PLATFORM');
  return kantaraReceiptSchema.parse({
    version: 'KI-CR-v1.1.0',
    jurisdiction: policy.jurisdiction,
    consentTimestamp: Math.floor(Date.parse(disclosure.agreement?.agreedAt ?? disclosure.agreedAt) / 1000),
    collectionMethod: collectionMethodOf(receipt),
    consentReceiptID: receipt.receiptId,
    ...(publicKey !== undefined && { publicKey }),
    ...(disclosure.language !== undefined && { language: disclosure.language }),
    piiPrincipalId: receipt.personPseudonym,
    piiControllers: [
      controllerOf(recipient, application.contact, false),
      // The aggregator collects for the application.
      controllerOf(aggregator, policy.aggregatorContact, true),
    ],
    policyUrl: application.contact?.policyUrl,
    services: [
      {
        service: recipient.name,
        purposes: [
          {
            purpose: receipt.purpose,
            // Of the purpose categories of the specification (appendix), the one of a product that the person uses.
            purposeCategory: ['2 - Contracted Service'],
            consentType: 'EXPLICIT',
            piiCategory: labelsOf(shared),
            primaryPurpose: true,
            termination:
              requested.durationType === 'ONE_TIME'
                ? `Once; at the latest ${receipt.expirationDate}`
                : `${receipt.expirationDate}, or when the person revokes the consent`,
            // What the bank discloses reaches the application through the aggregator.
            thirdPartyDisclosure: true,
            thirdPartyName: aggregator.name,
          },
        ],
      },
    ],
    sensitive: sensitive.length > 0,
    spiCat: labelsOf(sensitive),
  });
}

function partyOf({ parties }: ReadableReceipt, type: ReadableReceipt['parties'][number]['type']) {
  const party = parties.find((each) => each.type === type);
  if (!party) throw new Error(`a receipt without a ${type}`);
  return party;
}

function controllerOf(party: ReadableReceipt['parties'][number], contact: Contact | undefined, onBehalf: boolean) {
  return {
    piiController: party.name,
    onBehalf,
    contact: contact?.name,
    address: { streetAddress: contact?.address },
    email: contact?.email,
    phone: contact?.phone,
    ...(party.homeUri !== undefined && { piiControllerUrl: party.homeUri }),
  };
}

function collectionMethodOf({ disclosure }: ReadableReceipt): string {
  const shown = disclosure.source === 'application' ? "The application's own disclosure" : 'Disclosure on a web page';
  const agreed = disclosure.agreement?.method === 'typed_name' ? 'signed with a typed name' : 'agreed to by a button';
  return `${shown}, ${agreed}; then authorized at the bank`;
}

const CONTACT_FIELDS = ['name', 'address', 'email', 'phone'] as const;
const SETTING_OF = {
  name: 'AGGREGATOR_CONTACT_NAME',
  address: 'AGGREGATOR_ADDRESS',
  email: 'AGGREGATOR_EMAIL',
  phone: 'AGGREGATOR_PHONE',
} as const;
const OPTION_OF = { name: '--contact-name', address: '--address', email: '--email', phone: '--phone' } as const;

/** Settings and options that have to be given first, by their names. */
function missingIn(receipt: ReadableReceipt, { policy, application }: KantaraSources): readonly string[] {
  const update = (option: string) => `fdx-consent applications update ${application.id} ${option}`;
  const nothing = clustersOf(receipt.granted.resources).length === 0;
  return [
    ...(policy.jurisdiction === undefined ? ['RECEIPT_JURISDICTION'] : []),
    ...CONTACT_FIELDS.filter((field) => policy.aggregatorContact?.[field] === undefined).map(
      (field) => SETTING_OF[field],
    ),
    ...CONTACT_FIELDS.filter((field) => application.contact?.[field] === undefined).map((field) =>
      update(OPTION_OF[field]),
    ),
    ...(application.contact?.policyUrl === undefined ? [update('--policy-url')] : []),
    ...(nothing ? ['what the bank granted: the receipt names no clusters'] : []),
  ];
}
