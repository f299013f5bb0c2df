import { Client } from 'pg';
import type { StackDescription } from '../../../scripts/dev/stack-description';

type Row = Record<string, unknown>;

/** A look into the product's database. */
export async function query(
  { databaseUrl }: Pick<StackDescription, 'databaseUrl'>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every value of every column of every table, as text, under its `table.column`. */
export async function dump(stack: Pick<StackDescription, 'databaseUrl'>): Promise<Map<string, string[]>> {
  const columns = await query(
    stack,
    `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const dumped = new Map<string, string[]>();
  for (const { table_name: table, column_name: column } of columns as { table_name: string; column_name: string }[]) {
    const rows = await query(stack, `SELECT "${column}"::text AS value FROM "${table}" WHERE "${column}" IS NOT NULL`);
    dumped.set(
      `${table}.${column}`,
      rows.map(({ value }) => String(value)),
    );
  }
  return dumped;
}
