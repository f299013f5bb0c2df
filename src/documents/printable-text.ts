/** Whether a font draws a character. */
export type HasGlyph = (codePoint: number) => boolean;

/** Longer than any word of a language: taken apart where it is, since measuring such a word again for each line takes minutes. */
const LONGEST_WORD = 120;
const PIECE = 60;

/**
 * Text as it can be printed. A character that the font does not draw, that cannot be seen or that would turn the order of others
 * around is printed as its number in Unicode, `‹U+4E2D›`: never left out, never a box that could stand for anything.
 */
export function printable(text: string, hasGlyph: HasGlyph): string {
  const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').split('\n');
  return lines.map((line) => breakLongWords(shown(line, hasGlyph))).join('\n');
}

function shown(line: string, hasGlyph: HasGlyph): string {
  let result = '';
  for (const character of line) {
    const codePoint = character.codePointAt(0) ?? 0;
    result += isDrawn(character, codePoint, hasGlyph) ? character : `‹${nameOf(codePoint)}›`;
  }
  return result;
}

function isDrawn(character: string, codePoint: number, hasGlyph: HasGlyph): boolean {
  // Half of a pair beyond the first plane would be lost where a line breaks between the two.
  if (codePoint > 0xffff) return false;
  return hasGlyph(codePoint) && !UNSEEN.test(character) && !FROM_RIGHT_TO_LEFT.test(character);
}

function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Controls, formats (zero width, direction), halves of pairs, and what Unicode gives no meaning. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/u;
/** pdfkit lays out a line word by word from the left: these would be in the wrong order. */
const FROM_RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}]/u;

function breakLongWords(line: string): string {
  return line.replace(/\S+/g, (word) => (word.length <= LONGEST_WORD ? word : piecesOf(word, PIECE).join('\n')));
}

/** A text cut every so many characters. */
export function piecesOf(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += length) pieces.push(text.slice(start, start + length));
  return pieces;
}
