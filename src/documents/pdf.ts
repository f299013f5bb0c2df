import PDFDocument from 'pdfkit';
import { piecesOf, printable, type HasGlyph } from './printable-text';
import type { Block, PrintedDocument } from './printed-document';

/** As wide as A4 and as high as US Letter, in points: printed on either without being scaled. */
const PAGE: [number, number] = [595.28, 792];
const MARGIN = 62;
const WIDTH = PAGE[0] - 2 * MARGIN;
const BOTTOM = PAGE[1] - MARGIN;
const NAMES_WIDTH = 150;
const GAP = 12;
const INK = '#1b2430';
const QUIET = '#4a5563';

const REGULAR = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const BOLD = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const MONO = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf');

/** Characters of the code face on one line. */
const CODE_SIZE = 8;
const CODE_COLUMNS = Math.floor(WIDTH / (CODE_SIZE * 0.603));

/**
 * A tagged PDF: a reader of screens finds headings, lists and tables, the language and the title. The fonts are in it (DejaVu:
 * Latin, Greek, Cyrillic and more). The same document gives the same bytes.
 *
 * @see ISO 32000-1 §14.8 (tagged PDF)
 */
export async function renderPdf(document: PrintedDocument): Promise<Buffer> {
  const pdf = pdfOf(document);
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  new Printer(pdf).print(document);
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}

function pdfOf({ title, language, issuedAt }: PrintedDocument): PDFKit.PDFDocument {
  return new WellFormedPdf({
    size: PAGE,
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    // Numbers of pages are printed when it is known how many there are.
    bufferPages: true,
    font: REGULAR,
    info: { Title: title, Creator: 'fdx-consent', CreationDate: issuedAt ?? new Date(0) },
  });
}

class WellFormedPdf extends PDFDocument {
  /** pdfkit writes the title into the XML of the metadata as it is. */
  override appendXML(xml: string, newline?: boolean): void {
    const title = this.info.Title ?? '';
    const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    super.appendXML(
      xml.replace(`>${title}</rdf:li>`, () => `>${escaped}</rdf:li>`),
      newline,
    );
  }
}

/** Draws from the top to the bottom, block by block. */
class Printer {
  private readonly root: PDFKit.PDFStructureElement;

  constructor(private readonly pdf: PDFKit.PDFDocument) {
    this.root = pdf.struct('Document');
    pdf.addStructure(this.root);
  }

  print({ title, blocks }: PrintedDocument): void {
    this.leaf('H1', () => {
      this.write(title, BOLD, 17);
    });
    for (const block of blocks) this.block(block);
    this.root.end();
    this.numberPages();
  }

  private block(block: Block): void {
    switch (block.kind) {
      case 'heading':
        this.space(16);
        // Not left alone at the foot of a page.
        if (this.pdf.y > BOTTOM - 60) this.pdf.addPage();
        this.leaf('H2', () => {
          this.write(block.text, BOLD, 11.5);
        });
        return;
      case 'paragraph':
        this.space(8);
        this.leaf('P', () => {
          this.write(block.text, REGULAR, 10);
        });
        return;
      case 'list':
        this.list(block.items);
        return;
      case 'facts':
        this.facts(block.rows);
        return;
      case 'code':
        this.space(8);
        this.leaf('P', () => {
          this.code(block.text);
        });
    }
  }

  private list(items: readonly string[]): void {
    const list = this.pdf.struct('L');
    this.root.add(list);
    for (const item of items) {
      const entry = this.pdf.struct('LI');
      list.add(entry);
      this.space(4);
      // On the page of the words that it stands before.
      if (this.pdf.y > BOTTOM - 14) this.pdf.addPage();
      const top = this.pdf.y;
      entry.add(
        this.pdf.struct('Lbl', {}, () => {
          this.write('•', REGULAR, 10, { x: MARGIN, y: top, width: GAP });
        }),
      );
      entry.add(
        this.pdf.struct('LBody', {}, () => {
          this.write(item, REGULAR, 10, { x: MARGIN + GAP, y: top, width: WIDTH - GAP });
        }),
      );
      entry.end();
    }
    list.end();
  }

  private facts(rows: readonly (readonly [name: string, value: string])[]): void {
    const table = this.pdf.struct('Table');
    this.root.add(table);
    for (const [name, value] of rows) {
      const row = this.pdf.struct('TR');
      table.add(row);
      this.space(5);
      this.fact(row, name, value);
      row.end();
    }
    table.end();
  }

  /** Beside each other when they fit on a page; a value that is longer than a page goes below its name. */
  private fact(row: PDFKit.PDFStructureElement, name: string, value: string): void {
    const beside = { x: MARGIN + NAMES_WIDTH + GAP, width: WIDTH - NAMES_WIDTH - GAP };
    const height = Math.max(this.heightOf(name, BOLD, 9, NAMES_WIDTH), this.heightOf(value, REGULAR, 9, beside.width));
    const isTall = height > BOTTOM - MARGIN;
    if (!isTall && this.pdf.y + height > BOTTOM) this.pdf.addPage();
    const top = this.pdf.y;
    row.add(
      this.pdf.struct('TH', {}, () => {
        this.write(name, BOLD, 9, { x: MARGIN, y: top, width: isTall ? WIDTH : NAMES_WIDTH, color: QUIET });
      }),
    );
    row.add(
      this.pdf.struct('TD', {}, () => {
        this.write(value, REGULAR, 9, isTall ? { x: MARGIN, y: this.pdf.y, width: WIDTH } : { ...beside, y: top });
      }),
    );
    if (!isTall) this.pdf.y = top + height;
  }

  private code(text: string): void {
    const lines = printable(text, this.drawnBy(MONO))
      .split('\n')
      .flatMap((line) => (line === '' ? [''] : piecesOf(line, CODE_COLUMNS)));
    this.pdf.font(MONO).fontSize(CODE_SIZE).fillColor(INK);
    for (const line of lines)
      this.pdf.text(line === '' ? ' ' : line, MARGIN, this.pdf.y, { lineBreak: true, width: WIDTH + 2 });
  }

  private numberPages(): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.pdf.switchToPage(page);
      // Text below the margin would otherwise begin a page of its own.
      this.pdf.page.margins.bottom = 0;
      this.pdf.markContent('Artifact', { type: 'Pagination' });
      this.pdf.font(REGULAR).fontSize(8).fillColor(QUIET);
      this.pdf.text(`${page + 1} / ${count}`, MARGIN, BOTTOM + 24, { width: WIDTH, align: 'right', lineBreak: false });
      this.pdf.endMarkedContent();
    }
  }

  private leaf(type: 'H1' | 'H2' | 'P', draw: () => void): void {
    this.root.add(this.pdf.struct(type, {}, draw));
  }

  private space(points: number): void {
    this.pdf.y += points;
    if (this.pdf.y > BOTTOM - 12) this.pdf.addPage();
  }

  private write(
    text: string,
    font: string,
    size: number,
    place: { x: number; y: number; width: number; color?: string } = { x: MARGIN, y: this.pdf.y, width: WIDTH },
  ): void {
    const words = printable(text, this.drawnBy(font));
    this.pdf
      .font(font)
      .fontSize(size)
      .fillColor(place.color ?? INK);
    this.pdf.text(words === '' ? ' ' : words, place.x, place.y, { width: place.width, lineGap: size * 0.2 });
  }

  private heightOf(text: string, font: string, size: number, width: number): number {
    const words = printable(text, this.drawnBy(font));
    return this.pdf
      .font(font)
      .fontSize(size)
      .heightOfString(words === '' ? ' ' : words, { width, lineGap: size * 0.2 });
  }

  private drawnBy(font: string): HasGlyph {
    this.pdf.font(font);
    // Not in pdfkit's types: the font as fontkit reads it.
    const { font: face } = (this.pdf as unknown as { _font: { font: { hasGlyphForCodePoint: HasGlyph } } })._font;
    return (codePoint) => face.hasGlyphForCodePoint(codePoint);
  }
}
