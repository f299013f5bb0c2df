import { invalidInput } from './fdx-fault';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1000;

export interface PageOf<Item> {
  items: Item[];
  /** What FDX puts beside the items: `page.nextPageKey`, and a link for those who follow links. */
  paging: { page: { nextPageKey?: string; totalElements: number }; links: { next?: { href: string } } };
}

/** @throws 400/401 for a limit or key that is not one */
export function pageOf<Item>(all: readonly Item[], query: URLSearchParams, url: string): PageOf<Item> {
  const limit = limitOf(query.get('limit'));
  const start = startOf(query.get('pageKey'));
  const items = all.slice(start, start + limit);
  const end = start + items.length;
  if (end >= all.length) return { items, paging: { page: { totalElements: all.length }, links: {} } };

  const nextPageKey = Buffer.from(`from ${end}`).toString('base64url');
  const next = new URLSearchParams(query);
  next.set('pageKey', nextPageKey);
  return {
    items,
    paging: {
      page: { nextPageKey, totalElements: all.length },
      links: { next: { href: `${url}?${next.toString()}` } },
    },
  };
}

function limitOf(value: string | null): number {
  if (value === null) return DEFAULT_LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw invalidInput('limit must be a positive whole number');
  return Math.min(limit, LARGEST_LIMIT);
}

function startOf(pageKey: string | null): number {
  if (pageKey === null) return 0;
  const [, position] = /^from (\d+)$/.exec(Buffer.from(pageKey, 'base64url').toString()) ?? [];
  if (position === undefined) throw invalidInput('pageKey is not one of ours');
  return Number(position);
}
