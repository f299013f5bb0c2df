import { readDocument, readListPage } from '../../src/fdx/data-document';
import { membersOf, objectOf } from '../../src/fdx/json-members';
import { outcomeOf } from './support/outcome';

const FIRST = new URL('https://bank.example/fdx/v6/accounts?limit=2');
const bytes = (text: string) => new TextEncoder().encode(text);
const page = (text: string, current = FIRST) => readListPage(bytes(text), 'accounts', current, FIRST);

/** JSON that is not the one JSON.stringify would write. */
const VALUES = [
  '1234567890123456789012.340',
  '-0.0',
  '1E+2',
  '"a \\"quoted\\" {brace}, [bracket]: \\\\"',
  '"\\\\\\""',
  '""',
  '"é\\u00e9\\ud83d\\ude00"',
  '{"a":{"b":[1,{"c":"}"}]},"d":"]"}',
  '[ ]',
  '[1 , "," , {"x": "\\\\"}]',
  'null',
  'true',
];

describe('the members of a JSON object', () => {
  test('are found as they were written, whatever they are', () => {
    for (const first of VALUES) {
      for (const second of VALUES) {
        for (const space of ['', ' ', '\n\t ', '\r\n']) {
          const text = `${space}{${space}"a\\"b"${space}:${space}${first}${space},${space}"c"${space}:${second}${space}}${space}`;
          expect(JSON.parse(text)).toBeDefined();
          expect(membersOf(text)).toEqual([
            { name: 'a"b', value: first },
            { name: 'c', value: second },
          ]);
        }
      }
    }
  });

  test('make the same object again', () => {
    const text = `{${VALUES.map((value, at) => `"${at}":${value}`).join(',')}}`;
    expect(objectOf(membersOf(text))).toBe(text);
    expect(membersOf('{}')).toEqual([]);
    expect(objectOf([])).toBe('{}');
  });
});

describe('a page of a list', () => {
  test('keeps all that is not paging as it came', () => {
    const text =
      '{"page":{"nextPageKey":"k"},"accounts":[{"balance":12345678901234567890.10}],"links":[],"own":{"page":1,"x":1.50}}';
    const kept = '"accounts":[{"balance":12345678901234567890.10}],"own":{"page":1,"x":1.50}';
    expect(page(text).withCursor(undefined)).toBe(`{${kept}}`);
    expect(page(text).withCursor('c')).toBe(`{${kept},"nextCursor":"c"}`);
  });

  test('has no cursor but ours, and no paging under another spelling of its name', () => {
    const text = '{"accounts":[],"nextCursor":"theirs","\\u0070age":{"totalElements":1}}';
    expect(page(text).withCursor(undefined)).toBe('{"accounts":[]}');
  });

  test.each([
    ['{"accounts":[],"page":{"nextPageKey":"k"}}', 'pageKey=k'],
    // JSON.parse would make it 12345678901234567000.
    ['{"accounts":[],"page":{"nextPageKey":12345678901234567890}}', 'pageKey=12345678901234567890'],
    ['{"accounts":[],"page":{"nextOffset":40}}', 'offset=40'],
    ['{"accounts":[],"page":{"nextPageKey":null,"nextOffset":"40"}}', 'offset=40'],
  ])('%s goes on at %s', (text, parameter) => {
    expect(page(text).next?.href).toBe(`${FIRST.href}&${parameter}`);
  });

  test('that leads to itself is the last one', () => {
    const current = new URL(`${FIRST.href}&pageKey=k`);
    expect(page('{"accounts":[],"page":{"nextPageKey":"k"}}', current).next).toBeUndefined();
    expect(page(`{"accounts":[],"links":{"next":{"href":"${FIRST.href}"}}}`).next).toBeUndefined();
  });

  test.each([
    ['a list that is missing', '{}'],
    ['a list that is none', '{"accounts":{"length":1}}'],
    ['an array', '[]'],
    ['null', 'null'],
    ['no JSON', '{"accounts":[}'],
    ['nothing', ''],
    ['a next page elsewhere', '{"accounts":[],"links":{"next":{"href":"https://elsewhere.example/"}}}'],
    ['a next page over plain http', '{"accounts":[],"links":{"next":{"href":"http://bank.example/fdx/v6/accounts"}}}'],
  ])('is refused with %s', (_, text) => {
    expect(outcomeOf(() => void page(text), 'read')).toBe('fdx_response_invalid');
  });
});

describe('a document', () => {
  test('is passed on as it came', () => {
    const text = ' {"currentBalance": 4812.3700000000000001, "links": [] }\n';
    expect(readDocument(bytes(text))).toBe(text);
  });

  test('that is not UTF-8 is not passed on as something else', () => {
    const latin1 = Buffer.from('{"name":"\u00e9"}', 'latin1');
    expect(outcomeOf(() => void readDocument(latin1), 'read')).toBe('fdx_response_invalid');
  });
});
