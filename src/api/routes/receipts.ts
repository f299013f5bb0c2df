import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { renderPdf } from '../../documents/pdf';
import { ConsentFailure } from '../../domain/failures';
import type { ReceiptId } from '../../domain/ids';
import { receiptJsonSchema } from '../../evidence/receipt-schema';
import { exportSigned, payloadOf, printSigned, receiptDigestOf } from '../../evidence/signed-receipt';
import { listReceipts, type ReceiptRow } from '../../store/receipts';
import type { ApiDependencies } from '../dependencies';
import { isKnown } from '../entity-tag';
import { ownConsent } from '../own-consent';
import { ownReceipt } from '../own-receipt';
import { requestInvalid } from '../problem';
import { pageLimit, parseQuery } from '../request-input';

export const receiptsQuerySchema = z.strictObject({
  limit: pageLimit,
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^rcp_[0-9a-f]{32}$/, 'the nextCursor of an earlier page')
    .optional(),
});

/** `GET /v1/consents/{consentId}/receipts`: one for each authorization that brought a grant, oldest first, a page at a time. */
export function readReceipts(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownConsent(deps, request, response);
    const { limit, cursor } = parseQuery(receiptsQuerySchema, request);
    const rows = await listReceipts(deps.database, id, { after: cursor as ReceiptId | undefined, limit: limit + 1 });
    if (!rows) throw requestInvalid({ issues: [UNKNOWN_CURSOR] });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    response.set('Cache-Control', 'no-store').json({
      receipts: page.map(({ document }) => document),
      ...(rows.length > page.length && last && { nextCursor: last.id }),
    });
  };
}

const UNKNOWN_CURSOR: z.core.$ZodIssue = {
  code: 'custom',
  path: ['cursor'],
  message: 'the nextCursor of an earlier page',
  input: undefined,
};

/** The forms of a receipt: how each is made, and by which suffix its entity tag is told from the others. */
const FORMS = {
  'application/json': { tag: 'json', make: (row: ReceiptRow) => payloadOf(row) },
  'application/jose': { tag: 'jose', make: (row: ReceiptRow) => row.signed },
  'application/pdf': { tag: 'pdf', make: (row: ReceiptRow) => renderPdf(printSigned(row)) },
} as const;
type Form = keyof typeof FORMS;
const MEDIA_TYPES = Object.keys(FORMS) as Form[];

/**
 * `GET /v1/receipts/{receiptId}`: the document to the letter as it was signed, the compact JWS, or a PDF for a person.
 *
 * @throws {ConsentFailure} receipt_not_found, not_acceptable
 */
export function readReceiptById(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownReceipt(deps, request, response);
    response.vary('Accept').vary('Authorization');
    const form = request.accepts(MEDIA_TYPES);
    if (form === false) throw new ConsentFailure('not_acceptable', `${MEDIA_TYPES.join(', ')}.`);
    await sendForm(request, response, row, form as Form);
  };
}

async function sendForm(request: Request, response: Response, row: ReceiptRow, form: Form): Promise<void> {
  const { tag, make } = FORMS[form];
  // Never changed, but removed one day, and nobody else's: a copy may be used for an hour, by who asked.
  const entityTag = `"${receiptDigestOf(row)}.${tag}"`;
  response.set('Cache-Control', 'private, max-age=3600, immutable').set('ETag', entityTag);
  if (isKnown(request, entityTag)) {
    response.status(304).end();
    return;
  }
  if (form === 'application/pdf') response.set('Content-Disposition', `attachment; filename="${row.id}.pdf"`);
  response.type(form).send(await make(row));
}

/**
 * `GET /v1/receipts/{receiptId}/kantara`: a Kantara Consent Receipt v1.1, with what settings say of us today.
 *
 * @throws {ConsentFailure} receipt_not_found, receipt_not_exportable
 */
export function readKantaraReceipt(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownReceipt(deps, request, response);
    const exported = exportSigned(row, {
      policy: deps.settings.kantara,
      application: { ...row.identity, id: row.application_id },
      keys: await deps.publishedKeys.of('receipt'),
    });
    if ('missing' in exported) throw new ConsentFailure('receipt_not_exportable', `${exported.missing.join('; ')}.`);
    response.set('Cache-Control', 'no-store').json(exported);
  };
}

/** `GET /schemas/consent-receipt/2.json`: a version of a schema is never changed. */
export const publishReceiptSchema: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=86400').type('application/schema+json').send(RECEIPT_SCHEMA);
};

const RECEIPT_SCHEMA = JSON.stringify(receiptJsonSchema());
