const LINES_PER_PAGE = 60;
const FONT_OBJECT = 3;
const FIRST_PAGE_OBJECT = 4;

/** A small but real PDF 1.4: lines of text in Courier on US Letter pages, and a comment of so many bytes. */
export function pdfOf(lines: readonly string[], padding = 0): Buffer {
  const pages = pagesOf(lines);
  const pageObjects = pages.map((_, index) => FIRST_PAGE_OBJECT + index * 2);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageObjects.map((id) => `${id} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    ...pages.flatMap((page, index) => {
      const content = contentOf(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${FIRST_PAGE_OBJECT + index * 2 + 1} 0 R ` +
          `/Resources << /Font << /F1 ${FONT_OBJECT} 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  return assemble(objects, padding);
}

function pagesOf(lines: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let start = 0; start < lines.length; start += LINES_PER_PAGE) {
    pages.push(lines.slice(start, start + LINES_PER_PAGE));
  }
  return pages.length > 0 ? pages : [['']];
}

const contentOf = (lines: readonly string[]): string =>
  ['BT /F1 10 Tf 12 TL 48 752 Td', ...lines.map((line) => `(${escape(line)}) Tj T*`), 'ET'].join('\n');

/** PDF strings are written in parentheses; the standard fonts know Latin letters only. */
const escape = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').replace(/[\\()]/g, (found) => `\\${found}`);

function assemble(objects: readonly string[], padding: number): Buffer {
  let text = `%PDF-1.4\n${padding > 0 ? `%${' '.repeat(padding)}\n` : ''}`;
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const tableAt = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${tableAt}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
