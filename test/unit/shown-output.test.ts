import { jsonDifference, missingLine } from '../integration/support/shown-output';

describe('text that a page shows', () => {
  it.each([
    ['in order, blanks aside', 'BUILD  OPEN\n1.5  yes', 'x\nBUILD OPEN\n1.5    yes\n', undefined],
    ['with a gap', 'open http://…/connect/…', 'open http://localhost:1/connect/abc', undefined],
    ['that is not printed', 'Saved: a', 'Saved: b', 'Saved: a'],
    ['in another order', 'one\ntwo', 'two\none', 'two'],
    ['that is only a part of a line', 'one', 'one more', 'one'],
  ])('%s', (_, shown, output, missing) => {
    expect(missingLine(shown, output)).toBe(missing);
  });
});

describe('JSON that a page shows', () => {
  const answer = { id: 'cns_1', list: [{ a: 1 }, { a: 2, b: 'x' }] };
  it.each([
    ['less than there is', { list: [{ a: 2 }] }, undefined],
    ['a text with a gap', { id: 'cns_…' }, undefined],
    ['another value', { id: 'cns_2' }, '$.id is "cns_1"'],
    ['a member that is not there', { status: 'active' }, '$.status is undefined'],
    ['an element that is not there', { list: [{ a: 3 }] }, '$.list[0] is not there'],
  ])('%s', (_, shown, difference) => {
    expect(jsonDifference(shown, answer)).toBe(difference);
  });
});
