import { ConsentFailure } from '../domain/failures';
import { membersOf, objectOf, type JsonMember } from './json-members';
import { leadsElsewhere, nextPageOf } from './paging';

/** How a bank says where the next page is; replaced by our own word for it. */
const PAGING = new Set(['page', 'links', 'nextCursor']);

/** One page of a list as the bank wrote it. */
export interface ListPage {
  /** Where the page after this one is. */
  readonly next?: URL;
  /** The bank's document without its `page` and `links`, and with our cursor where there is one. */
  withCursor(nextCursor: string | undefined): string;
}

/**
 * A document of one FDX entity, to be passed on as it came.
 *
 * @throws {ConsentFailure} fdx_response_invalid when it is no JSON object
 */
export function readDocument(body: Uint8Array): string {
  const text = textOf(body);
  parse(text);
  return text;
}

/**
 * A page of an FDX list. Only what is depended upon is looked at: that the list is one, and where the next page is.
 *
 * @param list the member that is the list
 * @param current address of this page
 * @param first address of the first one
 * @throws {ConsentFailure} fdx_response_invalid when it is none, or its next page is at another origin
 */
export function readListPage(body: Uint8Array, list: string, current: URL, first: URL): ListPage {
  const text = textOf(body);
  const document = parse(text);
  if (!Array.isArray(document[list])) throw new ConsentFailure('fdx_response_invalid', `it has no list ${list}.`);
  const members = membersOf(text);
  const paging = { ...document, page: exactPage(members) };
  // To leave the rest out would look like the end of the list.
  if (leadsElsewhere(paging, current, first)) {
    throw new ConsentFailure('fdx_response_invalid', 'its next page is at another origin.');
  }
  const next = nextPageOf(paging, current, first);
  const kept = members.filter(({ name }) => !PAGING.has(name));
  return {
    // A bank whose next page is the one at hand would be read for ever.
    ...(next && next.href !== current.href && { next }),
    withCursor: (nextCursor) =>
      objectOf(nextCursor === undefined ? kept : [...kept, { name: 'nextCursor', value: JSON.stringify(nextCursor) }]),
  };
}

function textOf(body: Uint8Array): string {
  try {
    // RFC 8259 §8.1. What is not UTF-8 would be passed on as something else than the bank sent.
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ConsentFailure('fdx_response_invalid', 'it is not UTF-8.');
  }
}

function parse(text: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new ConsentFailure('fdx_response_invalid', 'it is not JSON.');
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ConsentFailure('fdx_response_invalid', 'it is no JSON object.');
  }
  return document as Record<string, unknown>;
}

/** Keys are opaque, and some banks write them as numbers: one that JavaScript would round goes back as its digits. */
function exactPage(members: readonly JsonMember[]): Record<string, unknown> | undefined {
  // The last one counts, as it does for JSON.parse.
  const page = members.filter(({ name }) => name === 'page').at(-1)?.value;
  if (page?.startsWith('{') !== true) return undefined;
  const entries = membersOf(page).map(({ name, value }) => [name, /^[\d-]/.test(value) ? value : parsed(value)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

const parsed = (value: string): unknown => JSON.parse(value);
