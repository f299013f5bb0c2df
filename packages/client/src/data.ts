import type { FdxEntity, Filters } from './contract';
import { answerOf, type CallOptions, type Connection } from './connection';
import { Pages } from './pages';

export interface DataOptions extends CallOptions {
  /** USER when the person is there: banks count and limit the two apart. */
  readonly actor?: 'USER' | 'BATCH';
}

/** What the person granted, read at their bank at the moment of asking: docs/data-access.md. */
export class Data {
  constructor(private readonly connection: Connection) {}

  accounts(consentId: string, filters: Filters<'getAccounts'> = {}, options?: DataOptions): Pages<FdxEntity> {
    return new Pages(async (cursor) => {
      const params = { path: { consentId }, query: queryOf(filters, cursor) };
      const { accounts, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/consents/{consentId}/accounts', { params, ...this.with(options) }),
      );
      return { items: accounts as readonly FdxEntity[], nextCursor };
    });
  }

  account(consentId: string, accountId: string, options?: DataOptions): Promise<FdxEntity> {
    const params = { path: { consentId, accountId } };
    return answerOf(
      this.connection.raw.GET('/v1/consents/{consentId}/accounts/{accountId}', { params, ...this.with(options) }),
    );
  }

  /** Without dates: as far back as was granted. */
  transactions(
    consentId: string,
    accountId: string,
    filters: Filters<'getTransactions'> = {},
    options?: DataOptions,
  ): Pages<FdxEntity> {
    return new Pages(async (cursor) => {
      const params = { path: { consentId, accountId }, query: queryOf(filters, cursor) };
      const { transactions, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/consents/{consentId}/accounts/{accountId}/transactions', {
          params,
          ...this.with(options),
        }),
      );
      return { items: transactions as readonly FdxEntity[], nextCursor };
    });
  }

  statements(
    consentId: string,
    accountId: string,
    filters: Filters<'getStatements'> = {},
    options?: DataOptions,
  ): Pages<FdxEntity> {
    return new Pages(async (cursor) => {
      const params = { path: { consentId, accountId }, query: queryOf(filters, cursor) };
      const { statements, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/consents/{consentId}/accounts/{accountId}/statements', {
          params,
          ...this.with(options),
        }),
      );
      return { items: statements as readonly FdxEntity[], nextCursor };
    });
  }

  /** The person behind the consent, as the bank knows them. */
  customer(consentId: string, options?: DataOptions): Promise<FdxEntity> {
    const params = { path: { consentId } };
    return answerOf(
      this.connection.raw.GET('/v1/consents/{consentId}/customers/current', { params, ...this.with(options) }),
    );
  }

  private with({ actor, ...options }: DataOptions = {}) {
    return this.connection.with(options, actor && { 'FDX-API-Actor-Type': actor });
  }
}

function queryOf<Query extends object>(filters: Query, cursor: string | undefined) {
  return { ...filters, ...(cursor !== undefined && { cursor }) };
}
