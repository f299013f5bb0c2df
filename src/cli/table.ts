import { painted, paperOf, type Paper } from './paper';

/** Two blanks apart: no cell holds a tab or a line break, so that a row stays one line for whoever reads it. */
const GAP = '  ';
/** A cell is not shortened to less: nothing could be told from it. */
const LEAST = 8;

/**
 * Columns as wide as their widest cell; the last one runs free. On a terminal the widest are shortened until a row fits its width,
 * but for the first one: it has the names that other commands take. In a pipe or a file everything is whole.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paper: Paper = paperOf(process.stdout, process.env),
): string {
  const lines = [head, ...rows].map((line) => line.map(printable));
  const widths = fitted(
    head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))),
    paper.width,
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          const shown = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
          return column === head.length - 1 ? shown : shown.padEnd(width);
        })
        .join(GAP)
        .trimEnd(),
    )
    .map((line, index) => (index === 0 ? painted('bold', line, paper) : line))
    .join('\n');
}

/** What a bank or a person named must not move the cursor of whoever reads it. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

function fitted(wanted: readonly number[], width: number | undefined): readonly number[] {
  const widths = [...wanted];
  if (width === undefined) return widths;
  const total = () => widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1);
  while (total() > width) {
    const widest = Math.max(...widths.slice(1));
    if (widest <= LEAST) break;
    widths[widths.indexOf(widest, 1)] = widest - 1;
  }
  return widths;
}
