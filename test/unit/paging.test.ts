import { nextPageOf } from '../../src/fdx/paging';

const FIRST = new URL('https://bank.example/fdx/v6/notifications');
const next = (document: unknown, current = FIRST): string | undefined => nextPageOf(document, current, FIRST)?.href;

describe('the next page', () => {
  it.each<[string, unknown, string]>([
    ['by its key', { page: { nextPageKey: 'a b/+=' } }, `${FIRST.href}?pageKey=a+b%2F%2B%3D`],
    ['by its key before its link', { page: { nextPageKey: 'k' }, links: { next: { href: '?x=1' } } }, '?pageKey=k'],
    ['by its link', { links: { next: { href: 'https://bank.example/fdx/v6/notifications?p=2' } } }, '?p=2'],
    ['by a relative link', { links: { next: { href: '/fdx/v6/notifications?p=3' } } }, '?p=3'],
    [
      'by a list of links',
      {
        links: [
          { rel: 'self', href: '?p=1' },
          { rel: 'next', href: '?p=2' },
        ],
      },
      '?p=2',
    ],
    ['by its offset, the old way', { page: { nextOffset: 20 } }, '?offset=20'],
    ['by its link when the key is nothing', { page: { nextPageKey: null }, links: { next: { href: '?p=4' } } }, '?p=4'],
  ])('is found %s', (_, document, expected) => {
    expect(next(document)).toBe(new URL(expected, FIRST).href);
  });

  it.each<[string, unknown]>([
    ['there is none', { page: { totalElements: 3 }, links: {} }],
    ['nothing is said', {}],
    ['the document is none', 'what'],
    ['a link leads to another host', { links: { next: { href: 'https://evil.example/notifications' } } }],
    ['a link leads to plain http', { links: { next: { href: 'http://bank.example/notifications' } } }],
    ['a link is no address', { links: { next: { href: 'https://' } } }],
  ])('is not asked for when %s', (_, document) => {
    expect(next(document)).toBeUndefined();
  });
});
