import { z } from 'zod';
import { EXPORTED_RECORDS } from '../../../exports/export-records';
import { disclosureSubmissionSchema } from '../../disclosure-request';
import { eventsQuerySchema } from '../../routes/events';
import { exportQuerySchema } from '../../routes/exports';
import { receiptsQuerySchema } from '../../routes/receipts';
import { answersJson, CREATED_AT } from '../answers';
import { operation } from '../operation';
import {
  DISCLOSURE_EXAMPLE,
  DISCLOSURE_REQUEST_EXAMPLE,
  disclosureListSchema,
  disclosureSchema,
  WHOLE_DISCLOSURE_EXAMPLE,
  wholeDisclosureSchema,
} from '../schemas/disclosure';
import {
  AUDIT_EVENT_EXAMPLE,
  auditEventPageSchema,
  compactJws,
  JWS_EXAMPLE,
  KANTARA_EXAMPLE,
  kantaraSchema,
  RECEIPT_EXAMPLE,
  receiptPageSchema,
  receiptSchema,
} from '../schemas/evidence';

const READ = { role: 'application', scope: 'evidence:read' } as const;

const file = z.string().meta({ format: 'binary' });
const ATTACHMENT = { 'Content-Disposition': { description: 'A name for the file.' } } as const;

export const getLatestReceiptOperation = operation({
  id: 'getLatestReceipt',
  method: 'get',
  path: '/v1/consents/{consentId}/receipt',
  tag: 'Evidence',
  summary: 'The receipt of the authorization in use',
  description: 'The document, or its signed form for `Accept: application/jose`.',
  access: READ,
  answers: {
    200: {
      description: 'The receipt.',
      content: {
        'application/json': { schema: receiptSchema, example: RECEIPT_EXAMPLE },
        'application/jose': { schema: compactJws, example: JWS_EXAMPLE },
      },
    },
  },
  habits: ['entity-tag'],
  failures: ['receipt_not_found'],
});

export const listReceiptsOperation = operation({
  id: 'listReceipts',
  method: 'get',
  path: '/v1/consents/{consentId}/receipts',
  tag: 'Evidence',
  summary: 'One receipt for each authorization, oldest first',
  access: READ,
  query: receiptsQuerySchema,
  answers: { 200: answersJson('A page of receipts.', receiptPageSchema, { receipts: [RECEIPT_EXAMPLE] }) },
});

export const getReceiptOperation = operation({
  id: 'getReceipt',
  method: 'get',
  path: '/v1/receipts/{receiptId}',
  tag: 'Evidence',
  summary: 'A receipt as JSON, JWS or PDF',
  description:
    'To the letter as it was signed, as compact JWS for `Accept: application/jose`, or as `application/pdf`.',
  access: READ,
  headers: z.object({
    'If-None-Match': z
      .string()
      .optional()
      .meta({ description: 'Entity tags of forms that you have (RFC 9110 §13.1.2).' }),
  }),
  answers: {
    200: {
      description: 'The receipt in the form that was asked for.',
      content: {
        'application/json': { schema: receiptSchema, example: RECEIPT_EXAMPLE },
        'application/jose': { schema: compactJws, example: JWS_EXAMPLE },
        'application/pdf': { schema: file },
      },
      headers: { ETag: { description: 'Of this form of the receipt.', isAlways: true }, ...ATTACHMENT },
    },
    304: {
      description: 'You have it.',
      headers: { ETag: { description: 'Of this form of the receipt.', isAlways: true } },
    },
  },
  failures: ['receipt_not_found', 'not_acceptable'],
});

export const getKantaraReceiptOperation = operation({
  id: 'getKantaraReceipt',
  method: 'get',
  path: '/v1/receipts/{receiptId}/kantara',
  tag: 'Evidence',
  summary: 'A receipt as a Kantara Consent Receipt v1.1',
  access: READ,
  answers: { 200: answersJson('The receipt, with what settings say of us today.', kantaraSchema, KANTARA_EXAMPLE) },
  failures: ['receipt_not_found', 'receipt_not_exportable'],
});

export const listConsentEventsOperation = operation({
  id: 'listConsentEvents',
  method: 'get',
  path: '/v1/consents/{consentId}/events',
  tag: 'Evidence',
  summary: 'The audit trail of a consent',
  description: 'What has happened with it, in its order, as it is chained. Also of one that has ended.',
  access: READ,
  query: eventsQuerySchema,
  answers: {
    200: answersJson('A page of events.', auditEventPageSchema, { events: [AUDIT_EVENT_EXAMPLE], nextCursor: '1' }),
  },
});

export const listDisclosuresOperation = operation({
  id: 'listDisclosures',
  method: 'get',
  path: '/v1/consents/{consentId}/disclosures',
  tag: 'Evidence',
  summary: 'What the person agreed to, each time',
  access: READ,
  answers: {
    200: answersJson('The disclosures, oldest first.', disclosureListSchema, { disclosures: [DISCLOSURE_EXAMPLE] }),
  },
});

export const submitDisclosureOperation = operation({
  id: 'submitDisclosure',
  method: 'post',
  path: '/v1/consents/{consentId}/disclosures',
  tag: 'Evidence',
  summary: 'Hand in what you showed and the person agreed to',
  description: "The link's page then asks for no second agreement. The same again is answered in the same way.",
  access: { role: 'application', scope: 'consents:write' },
  body: {
    schema: disclosureSubmissionSchema,
    // As much as a text of 64 kB can take when JSON escapes it.
    limit: '512kb',
    examples: { text: DISCLOSURE_REQUEST_EXAMPLE },
  },
  answers: {
    200: answersJson('It was handed in before.', disclosureSchema, DISCLOSURE_EXAMPLE),
    201: answersJson('It is recorded.', disclosureSchema, DISCLOSURE_EXAMPLE, CREATED_AT),
  },
  failures: ['consent_ended', 'disclosure_too_late', 'vault_unavailable'],
});

export const getDisclosureOperation = operation({
  id: 'getDisclosure',
  method: 'get',
  path: '/v1/disclosures/{disclosureId}',
  tag: 'Evidence',
  summary: 'A disclosure, word for word',
  description: 'As JSON, or for `Accept: application/pdf` as a PDF.',
  access: READ,
  answers: {
    200: {
      description: 'The disclosure with the agreement.',
      content: {
        'application/json': { schema: wholeDisclosureSchema, example: WHOLE_DISCLOSURE_EXAMPLE },
        'application/pdf': { schema: file },
      },
      headers: ATTACHMENT,
    },
  },
  failures: ['disclosure_not_found', 'vault_unavailable'],
});

export const EXPORT_OPERATIONS = EXPORTED_RECORDS.map(
  (records) =>
    [
      records,
      operation({
        id: `export${records.charAt(0).toUpperCase()}${records.slice(1)}`,
        method: 'get',
        path: `/v1/exports/${records}`,
        tag: 'Evidence',
        summary: `Your ${records} of a period, as a file`,
        description: 'In chunks, while it is read. One that breaks off was not whole.',
        access: READ,
        query: exportQuerySchema,
        answers: {
          200: {
            description: 'The file.',
            content: {
              'application/x-ndjson': { schema: z.string().meta({ description: 'One JSON object on each line.' }) },
              'text/csv; charset=utf-8; header=present': {
                schema: z.string().meta({ description: 'RFC 4180, with a first row of names.' }),
              },
            },
            headers: { 'Content-Disposition': { description: 'A name for the file.', isAlways: true } },
          },
        },
      }),
    ] as const,
);
