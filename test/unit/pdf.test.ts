import { renderPdf } from '../../src/documents/pdf';
import type { Block } from '../../src/documents/printed-document';
import { readPdf } from './support/pdf-reader';

const ISSUED = new Date('2026-03-01T12:00:00Z');

function printed(blocks: readonly Block[], title = 'What you agreed to', language = 'en'): Promise<Buffer> {
  return renderPdf({ title, language, issuedAt: ISSUED, blocks });
}

/** Without the ends of lines, which are where they fit. */
function joined(text: string): string {
  return text.replace(/\s+/g, '');
}

describe('a printed document', () => {
  it('can be read by a program that reads aloud: tagged, titled, in its language', async () => {
    const bytes = await printed(
      [
        { kind: 'heading', text: 'Who' },
        { kind: 'paragraph', text: 'Ledgerline & Co. <fine> affine office' },
        { kind: 'list', items: ['Account balances', 'Transaction data'] },
        { kind: 'facts', rows: [['Receipt', 'rct_1']] },
        { kind: 'code', text: 'a1b2' },
      ],
      'Título <de> prueba & más',
      'es',
    );
    const { text, info, structure, complaints } = await readPdf(bytes);
    expect(complaints).toBe('');
    expect(info).toMatchObject({ Tagged: 'yes', Title: 'Título <de> prueba & más', Pages: '1' });
    expect(info['CreationDate']).toContain('2026');
    expect(structure).toEqual([
      ...['Document', 'H1', 'H2', 'P'],
      ...['L', 'LI', 'Lbl', 'LBody', 'LI', 'Lbl', 'LBody'],
      ...['Table', 'TR', 'TH', 'TD', 'P'],
    ]);
    expect(bytes.toString('latin1')).toContain('/Lang (es)');
    expect(text).toContain('Título <de> prueba & más');
    expect(text).toContain('Ledgerline & Co. <fine> affine office');
    expect(text).toContain('Receipt rct_1');
    expect(text).toContain('1 / 1');
  });

  it('gives the same bytes each time', async () => {
    const blocks: Block[] = [{ kind: 'paragraph', text: 'Once and for all.' }];
    expect((await printed(blocks)).equals(await printed(blocks))).toBe(true);
  });

  it('loses nothing over many pages, of texts, facts and codes of any length', async () => {
    const sentence = Array.from({ length: 3000 }, (_, index) => `w${index}`).join(' ');
    const value = Array.from({ length: 2500 }, (_, index) => `v${index}`).join(' ');
    const code = Array.from({ length: 4000 }, (_, index) => `c${index}`).join('-');
    const rows = Array.from({ length: 120 }, (_, index) => [`Name ${index}`, `value ${index}`] as const);
    const { text, pages, complaints } = await readPdf(
      await printed([
        { kind: 'paragraph', text: sentence },
        { kind: 'facts', rows: [['Long', value], ...rows] },
        { kind: 'list', items: [sentence] },
        { kind: 'code', text: code },
      ]),
    );
    expect(complaints).toBe('');
    expect(text).toContain(`${pages} / ${pages}`);
    const body = joined(text.replace(/^\d+ \/ \d+$/gm, ''));
    expect(body.split(joined(sentence))).toHaveLength(3);
    expect(body).toContain(joined(value));
    expect(body).toContain(code);
    for (const [name, fact] of rows) expect(text).toContain(`${name} ${fact}`);
  });

  it('takes a word apart that is longer than a line', async () => {
    const word = 'https://bank.example/'.padEnd(5000, 'abcdefghij');
    const { text } = await readPdf(await printed([{ kind: 'facts', rows: [['Address', word]] }]));
    expect(joined(text.replace(/^\d+ \/ \d+$/gm, ''))).toContain(word);
  });

  it('prints Greek, Cyrillic and the accents of Latin as they are', async () => {
    const words = 'Ελληνικά кириллица Łódź ñandú Dvořák Ġgantija œuvre ¿qué?';
    const { text } = await readPdf(await printed([{ kind: 'paragraph', text: words }]));
    expect(text).toContain(words);
  });

  it('names what it cannot draw, and never prints a box or nothing', async () => {
    const { text } = await readPdf(
      await printed([
        { kind: 'paragraph', text: '中 אב 😀 a\u202Eb\u200Bc\u0007' },
        { kind: 'code', text: 'x\u0000y中' },
      ]),
    );
    expect(text).toContain('‹U+4E2D› ‹U+05D0›‹U+05D1› ‹U+1F600› a‹U+202E›b‹U+200B›c‹U+0007›');
    expect(text).toContain('x‹U+0000›y‹U+4E2D›');
  });

  it('prints a document of nothing', async () => {
    const { pages, text } = await readPdf(
      await printed([
        { kind: 'paragraph', text: '' },
        { kind: 'list', items: [] },
      ]),
    );
    expect(pages).toBe(1);
    expect(text).toContain('What you agreed to');
  });
});
