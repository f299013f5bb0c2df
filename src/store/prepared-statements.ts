import { DatabaseError, type PoolClient } from 'pg';

/**
 * Gives every statement of Kysely a name, so that PostgreSQL parses and plans it once for each connection: half of its work in
 * the connect flow. Behind a pooler, use one that keeps prepared statements (PgBouncer ≥ 1.21).
 */
export function prepareStatements(client: PoolClient): void {
  const names = new Map<string, string>();
  let prepared = 0;
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;

  function run(text: string, values: readonly unknown[]): Promise<unknown> {
    const name = names.get(text) ?? `s${prepared++}`;
    names.set(text, name);
    return query({ name, text, values }) as Promise<unknown>;
  }
  async function runPrepared(text: string, values: readonly unknown[]): Promise<unknown> {
    try {
      return await run(text, values);
    } catch (error) {
      if (!isPlanOutdated(error)) throw error;
      // Under its name it would be refused for as long as the connection lives.
      names.delete(text);
      // A transaction has been given up by the server, and is to be begun again by whoever began it.
      if (client.getTransactionStatus() !== 'I') throw error;
      // It was refused before anything was done.
      return run(text, values);
    }
  }
  function named(...args: unknown[]): unknown {
    const [text, values] = args;
    // Without values it is BEGIN, COMMIT or a migration, which run once; with a third argument it is not Kysely.
    const isStatement = args.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0;
    return isStatement ? runPrepared(text, values) : query(...args);
  }
  Object.assign(client, { query: named });
}

/**
 * True for a statement that was prepared before a migration gave its tables other columns: "cached plan must not change result
 * type". The code is one for many things, and the text is in the language of the server; the name of the routine is neither.
 */
export function isPlanOutdated(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}
