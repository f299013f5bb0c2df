import type { BankBehaviour } from '../behaviour';
import { invalidInput } from './fdx-fault';
import type { FdxRequest } from './fdx-request';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1000;

export interface PageOf<Item> {
  items: Item[];
  /** What FDX puts beside the items. */
  paging: { page: object; links?: object };
}

/** Where a page begins; in a `gap` it is an empty one, and what is there comes after it. */
interface Position {
  start: number;
  isGap: boolean;
}

/** @throws 400/401 for a limit, key or offset that is not one */
export function pageOf<Item>(all: readonly Item[], request: FdxRequest): PageOf<Item> {
  const { query, behaviour } = request;
  const limit = limitOf(query.get('limit'));
  const position = positionOf(query);
  const items = position.isGap ? [] : all.slice(position.start, position.start + limit);
  const next = after(position, items.length, all.length, behaviour.pages);
  return { items, paging: pagingOf(next, all.length, request) };
}

function after(position: Position, shown: number, total: number, pages: BankBehaviour['pages']): Position | undefined {
  if (position.isGap) return { ...position, isGap: false };
  const end = position.start + shown;
  if (end >= total) return undefined;
  if (pages === 'looping' && position.start > 0) return position;
  return { start: end, isGap: pages === 'with_empty_ones' };
}

function pagingOf(next: Position | undefined, totalElements: number, request: FdxRequest): PageOf<unknown>['paging'] {
  const self = { rel: 'self', href: request.url };
  const { paging } = request.behaviour;
  if (!next)
    return { page: { totalElements }, ...(paging !== 'offset' && { links: paging === 'link_list' ? [self] : {} }) };

  const nextPageKey = keyOf(next);
  const href = addressOf(next, request);
  switch (paging) {
    case 'key':
      return { page: { nextPageKey, totalElements }, links: { next: { href } } };
    case 'link':
      return { page: { totalElements }, links: { next: { href } } };
    case 'relative_link':
      return { page: { totalElements }, links: { next: { href: href.slice(new URL(href).origin.length) } } };
    case 'link_list':
      return { page: { totalElements }, links: [self, { rel: 'next', href }] };
    case 'offset':
      return { page: { nextOffset: offsetOf(next), totalElements } };
  }
}

function addressOf(next: Position, { query, url }: FdxRequest): string {
  const parameters = new URLSearchParams(query);
  parameters.set('pageKey', keyOf(next));
  return `${url}?${parameters.toString()}`;
}

const keyOf = ({ start, isGap }: Position): string =>
  Buffer.from(`${isGap ? 'before' : 'from'} ${start}`).toString('base64url');

/** FDX has had it as a string for longer than as a number. */
const offsetOf = ({ start, isGap }: Position): string => `${start}${isGap ? '-' : ''}`;

function limitOf(value: string | null): number {
  if (value === null) return DEFAULT_LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw invalidInput('limit must be a positive whole number');
  return Math.min(limit, LARGEST_LIMIT);
}

function positionOf(query: URLSearchParams): Position {
  const [key, offset] = [query.get('pageKey'), query.get('offset')];
  if (key !== null) return parse(/^(before|from) (\d+)()$/, Buffer.from(key, 'base64url').toString(), 'pageKey');
  if (offset !== null) return parse(/^()(\d+)(-?)$/, offset, 'offset');
  return { start: 0, isGap: false };
}

function parse(pattern: RegExp, text: string, name: string): Position {
  const [, before, start, behind] = pattern.exec(text) ?? [];
  if (start === undefined) throw invalidInput(`${name} is not one of ours`);
  return { start: Number(start), isGap: before === 'before' || behind === '-' };
}
