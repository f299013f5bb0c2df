import type { Block, PrintedDocument } from '../documents/printed-document';
import { labelsOf } from '../domain/clusters';
import type { ReadableReceipt } from './readable-receipt';

type Row = readonly [name: string, value: string];
type Party = ReadableReceipt['parties'][number];

/** What the printed copy is compared by with the signed one. */
export interface ReceiptSignature {
  /** Names the key in `/.well-known/receipt-keys.json`. */
  readonly keyId: string;
  /** SHA-256 of the JWS payload, base64url. */
  readonly digest: string;
}

/** A receipt as a person reads it, in English. It proves nothing by itself: it names the signed document that does. */
export function printedReceipt(receipt: ReadableReceipt, signature: ReceiptSignature): PrintedDocument {
  const application = nameOf(receipt, 'DATA_RECIPIENT');
  const aggregator = nameOf(receipt, 'DATA_ACCESS_PLATFORM');
  const bank = nameOf(receipt, 'DATA_PROVIDER');
  return {
    title: 'Receipt of your consent to share data',
    language: 'en',
    issuedAt: new Date(receipt.issuedAt),
    blocks: [
      paragraph(`You let ${application} read data from ${bank}. ${aggregator} collects the data for ${application}.`),
      heading('What for'),
      paragraph(receipt.purpose),
      heading('What you share'),
      { kind: 'list', items: sharedBy(receipt) },
      ...refusedBy(receipt),
      heading('How long'),
      { kind: 'facts', rows: durationOf(receipt) },
      heading('How to end it'),
      paragraph(
        `You can end it at any time and free of charge: tell ${application}, or end the connection at ${bank}. ` +
          `Nothing more is read then. After ${moment(receipt.expirationDate)} nothing is read in any case.`,
      ),
      heading('Who takes part'),
      ...receipt.parties.map((party): Block => ({ kind: 'facts', rows: partyRows(party) })),
      heading('What this is a copy of'),
      paragraph(
        'The receipt itself is a signed document (JWS) that cannot be changed. This copy shows what it says; the ids and the digest ' +
          'below are those of the signed document, and the key id names the published key that it was signed with.',
      ),
      { kind: 'facts', rows: identityOf(receipt) },
      heading('SHA-256 of the signed document'),
      { kind: 'code', text: signature.digest },
      heading('Key id'),
      { kind: 'code', text: signature.keyId },
    ],
  };
}

function heading(text: string): Block {
  return { kind: 'heading', text };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function nameOf({ parties }: ReadableReceipt, type: Party['type']): string {
  return parties.find((party) => party.type === type)?.name ?? type;
}

const KIND = { ACCOUNT: 'Account', CUSTOMER: 'About you', DOCUMENT: 'Document' } as const;

function sharedBy({ granted }: ReadableReceipt): readonly string[] {
  const items = granted.resources.map(({ resourceType, resourceId, dataClusters }) => {
    const which = resourceId === undefined ? KIND[resourceType] : `${KIND[resourceType]} ${resourceId}`;
    return `${which}: ${labelsOf(dataClusters).join(', ')}`;
  });
  return items.length === 0 ? ['Nothing'] : items;
}

function refusedBy({ difference }: ReadableReceipt): readonly Block[] {
  const refused = labelsOf(difference.clusters.flatMap((each) => each.refused));
  return refused.length === 0
    ? []
    : [heading('What was asked for and you do not share'), { kind: 'list', items: refused }];
}

function durationOf({ requested, granted, expirationDate }: ReadableReceipt): readonly Row[] {
  const lookback = granted.lookbackPeriod ?? requested.lookbackPeriod;
  return [
    ['Ends', moment(expirationDate)],
    ['How often', granted.durationType === 'ONE_TIME' ? 'Once' : 'Again and again until it ends'],
    ...(granted.durationPeriod === undefined ? [] : ([['Days', String(granted.durationPeriod)]] as const)),
    ...(lookback === undefined ? [] : ([['History', `${lookback} days before the day it was asked for`]] as const)),
  ];
}

const ROLE: Readonly<Record<Party['type'], string>> = {
  DATA_RECIPIENT: 'Uses the data',
  DATA_ACCESS_PLATFORM: 'Collects the data',
  DATA_PROVIDER: 'Provides the data',
};

function partyRows({ type, name, homeUri, registryReferences = [] }: Party): readonly Row[] {
  return [
    [ROLE[type], name],
    ...(homeUri === undefined ? [] : ([['Home page', homeUri]] as const)),
    ...registryReferences.map(({ registry, registeredEntityName, registeredEntityId }): Row => [
      `Registered (${registry})`,
      `${registeredEntityName}, ${registeredEntityId}`,
    ]),
  ];
}

function identityOf(receipt: ReadableReceipt): readonly Row[] {
  const { disclosure } = receipt;
  return [
    ['Receipt', receipt.receiptId],
    ...(receipt.supersedes === undefined ? [] : ([['Takes the place of', receipt.supersedes]] as const)),
    ['Consent', receipt.consentId],
    ...(receipt.bankConsentId === undefined ? [] : ([['Consent at the bank', receipt.bankConsentId]] as const)),
    ['Agreed to', moment(disclosure.agreement?.agreedAt ?? disclosure.agreedAt)],
    ['Signed', moment(receipt.issuedAt)],
    ['You, by a pseudonym', receipt.personPseudonym],
    ['Digest of the disclosure', disclosure.digest],
  ];
}

const FORMAT = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });

/** Exact: a consent ends at an instant and not on a day. */
function moment(instant: string): string {
  return `${FORMAT.format(new Date(instant))} UTC`;
}
