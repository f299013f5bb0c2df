import type { Answer, Receipt } from './contract';
import { answerOf, type CallOptions, type Connection } from './connection';
import { Pages } from './pages';

/** What was asked, disclosed and granted, signed: docs/receipts.md. */
export class Receipts {
  constructor(private readonly connection: Connection) {}

  /** The one of the authorization in use. */
  latest(consentId: string, options?: CallOptions): Promise<Answer<'getLatestReceipt'>> {
    const params = { path: { consentId } };
    return answerOf(
      this.connection.raw.GET('/v1/consents/{consentId}/receipt', {
        params,
        ...this.connection.with(options, JSON_ONLY),
      }),
    ) as Promise<Answer<'getLatestReceipt'>>;
  }

  /** One for each authorization that brought a grant, oldest first. */
  list(consentId: string, options?: CallOptions): Pages<Answer<'listReceipts'>['receipts'][number]> {
    return new Pages(async (cursor) => {
      const params = { path: { consentId }, query: cursor === undefined ? {} : { cursor } };
      const { receipts, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/consents/{consentId}/receipts', { params, ...this.connection.with(options) }),
      );
      return { items: receipts, nextCursor };
    });
  }

  get(receiptId: string, options?: CallOptions): Promise<Receipt> {
    const params = { path: { receiptId } };
    return answerOf(
      this.connection.raw.GET('/v1/receipts/{receiptId}', { params, ...this.connection.with(options, JSON_ONLY) }),
    ) as Promise<Receipt>;
  }

  /** The receipt as it was signed: a compact JWS, to be checked against `/.well-known/receipt-keys.json`. */
  signed(receiptId: string, options?: CallOptions): Promise<string> {
    const params = { path: { receiptId } };
    const call = this.connection.with(options, { Accept: 'application/jose' });
    return answerOf(this.connection.raw.GET('/v1/receipts/{receiptId}', { params, parseAs: 'text', ...call }));
  }

  /** For a person to read. */
  pdf(receiptId: string, options?: CallOptions): Promise<ArrayBuffer> {
    const params = { path: { receiptId } };
    const call = this.connection.with(options, { Accept: 'application/pdf' });
    return answerOf(this.connection.raw.GET('/v1/receipts/{receiptId}', { params, parseAs: 'arrayBuffer', ...call }));
  }
}

const JSON_ONLY = { Accept: 'application/json' };
