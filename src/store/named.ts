/** Rows of which the first are named, and the others counted. */
export interface Named<Row> {
  readonly count: number;
  readonly first: readonly Row[];
}

/** @param rows each with the count of all */
export function named<Row>(rows: readonly (Row & { readonly count: number })[]): Named<Row> {
  return { count: rows[0]?.count ?? 0, first: rows };
}
