export interface Table {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface OpenTable {
  heading: string;
  columns: string[];
  rows: string[][];
}

/** Every table of a page with the heading above it. Cells without escapes and without the blanks of alignment. */
export function tablesOf(markdown: string): readonly Table[] {
  const tables: OpenTable[] = [];
  let heading = '';
  let open: OpenTable | undefined;
  for (const line of withoutCode(markdown).split('\n')) {
    heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    if (!line.startsWith('|')) {
      open = undefined;
    } else if (!open) {
      open = { heading, columns: cellsOf(line), rows: [] };
      tables.push(open);
    } else if (!/^\|[\s:|-]+$/.test(line)) {
      open.rows.push(cellsOf(line));
    }
  }
  return tables;
}

/** Rows of all tables that have this first column. */
export function rowsWith(markdown: string, firstColumn: string): readonly (readonly string[])[] {
  return tablesOf(markdown)
    .filter((table) => table.columns[0] === firstColumn)
    .flatMap((table) => table.rows);
}

/** The fenced blocks of a language. */
export function codeBlocksOf(markdown: string, language: string): readonly string[] {
  const fence = new RegExp('^```' + language + '(?: [^\\n]*)?\\n([\\s\\S]*?)^```$', 'gm');
  return [...markdown.matchAll(fence)].map((match) => match[1] ?? '');
}

/** Targets of links and images, without titles. */
export function linksOf(markdown: string): readonly string[] {
  const prose = withoutCode(markdown).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
}

/** Anchors of headings, as hosts of repositories make them. */
export function anchorsOf(markdown: string): readonly string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** `` `name` `` without its ticks. */
export function unquoted(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1');
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\([<|_*])/g, '$1'));
}
