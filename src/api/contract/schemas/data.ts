import { z } from 'zod';
import type { DataResourceName } from '../../../data-access/resources';
import { resourceOf } from '../../../data-access/resources';
import { nextCursorOf } from './values';

const DESCRIPTIONS: Readonly<Record<DataResourceName, string>> = {
  accounts: 'A page of the FDX accounts that the person shared.',
  account: 'One FDX account, with its details.',
  transactions: 'A page of the FDX transactions of an account.',
  statements: 'A page of the FDX statements of an account.',
  statement: 'A statement as a file.',
  contact: 'The FDX contact details of the holders of an account.',
  paymentNetworks: 'A page of the FDX payment networks of an account.',
  customer: 'The FDX customer who gave the consent.',
};

/** What a bank wrote, passed on to the letter: only what we look at ourselves is said. */
export function dataDocumentSchema(name: DataResourceName) {
  const { list } = resourceOf(name);
  const document =
    list === undefined
      ? z.looseObject({})
      : z.looseObject({ [list]: z.array(z.unknown()), nextCursor: nextCursorOf() });
  const id = `Fdx${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return document.meta({
    id,
    description: `${DESCRIPTIONS[name]} The bank's own document, to the letter (FDX API 6.x).`,
  });
}

export const delegatedCallAnswerSchema = z
  .strictObject({
    method: z.literal('GET'),
    url: z.string().meta({ format: 'uri' }),
    headers: z.record(z.string(), z.string()).meta({
      description: 'Send all of them, and nothing else that opens anything. Secret.',
    }),
    expiresAt: z.string().meta({ format: 'date-time', description: 'Until when it is worth trying.' }),
  })
  .meta({ id: 'DelegatedCall', description: 'One request to the bank, for the application to make itself.' });

export const DATA_EXAMPLES: Readonly<Record<DataResourceName, object | undefined>> = {
  accounts: {
    accounts: [{ depositAccount: { accountId: '100200', nickname: 'Everyday', currency: { currencyCode: 'USD' } } }],
  },
  account: { depositAccount: { accountId: '100200', nickname: 'Everyday', currentBalance: 1200.5 } },
  transactions: {
    transactions: [{ depositTransaction: { transactionId: '7001', description: 'Groceries', amount: 52.3 } }],
    nextCursor: 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c',
  },
  statements: { statements: [{ accountId: '100200', statementId: '2026-01', statementDate: '2026-01-31' }] },
  statement: undefined,
  contact: { holders: [{ name: { first: 'Ada', last: 'Example' }, relationship: 'PRIMARY' }] },
  paymentNetworks: { paymentNetworks: [{ bankId: '021000021', identifier: '1234567890', type: 'US_ACH' }] },
  customer: { customerId: 'c-1', name: { first: 'Ada', last: 'Example' } },
};

export const DELEGATED_CALL_EXAMPLE = {
  method: 'GET',
  url: 'https://api.bank.example/fdx/v6/accounts',
  headers: {
    authorization: 'DPoP eyJ0.eyJh.c2ln',
    dpop: 'eyJ0.eyJo.c2ln',
    'x-fapi-interaction-id': 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a',
  },
  expiresAt: '2026-02-01T09:01:00.000Z',
} as const;
