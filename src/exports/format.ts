import { stringify } from 'csv-stringify/sync';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
};

/** A value of one column: null where there is none. */
export type Cell = string | number | boolean | null;

/** One kind of row, in both formats. */
export interface Sheet<Row> {
  readonly columns: readonly string[];
  /** In the order of the columns. */
  cells(row: Row): readonly Cell[];
  /** One JSON object, on one line. */
  json(row: Row): string;
}

/** What comes before the first row. */
export function headOf<Row>(sheet: Sheet<Row>, format: ExportFormat): string {
  return format === 'csv' ? csv([sheet.columns]) : '';
}

export function textOf<Row>(sheet: Sheet<Row>, rows: readonly Row[], format: ExportFormat): string {
  if (format === 'csv') return csv(rows.map((row) => sheet.cells(row)));
  return rows.map((row) => `${sheet.json(row)}\n`).join('');
}

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function csv(rows: readonly (readonly Cell[])[]): string {
  const cast = { boolean: (value: boolean) => String(value) };
  return stringify([...rows], { record_delimiter: 'windows', escape_formulas: true, cast });
}
