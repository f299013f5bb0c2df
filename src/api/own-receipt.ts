import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { isReceiptId } from '../domain/ids';
import { findReceipt, type ReceiptRow } from '../store/receipts';
import { applicationOf, parameterOf } from './authentication';
import type { ApiDependencies } from './dependencies';

/** Someone else's receipt and one that does not exist give the same answer. @throws {ConsentFailure} receipt_not_found */
export async function ownReceipt(
  { database }: Pick<ApiDependencies, 'database'>,
  request: Request,
  response: Response,
): Promise<ReceiptRow> {
  const id = parameterOf(request, 'receiptId');
  const row = isReceiptId(id) ? await findReceipt(database, id) : undefined;
  if (row?.application_id !== applicationOf(response).id) throw new ConsentFailure('receipt_not_found');
  return row;
}
