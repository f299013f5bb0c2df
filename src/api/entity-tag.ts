import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';

/**
 * Whether the caller has what a tag stands for (RFC 9110 §13.1.2). Not `request.fresh`: it sends everything again to who adds
 * `Cache-Control: no-cache`, as `fetch` does by itself to whatever has a condition.
 */
export function isKnown(request: Request, entityTag: string): boolean {
  const known = tagsOf(request.get('if-none-match'));
  return known.includes(entityTag) || known.includes('*');
}

/** A strong tag of a JSON document (RFC 9110 §8.8.3): of what is sent, to the letter. */
export function entityTagOf(document: unknown): string {
  return tagOf(JSON.stringify(document));
}

function tagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url')}"`;
}

/**
 * Sends a JSON document with its tag, or says that the caller has it. What holds a secret is never kept; other copies are the
 * caller's own, and asked about before they are used again.
 */
export function sendTagged(request: Request, response: Response, document: object): void {
  response.set('Cache-Control', holdsSecret(document) ? 'no-store' : 'private, no-cache');
  const text = JSON.stringify(document);
  if (!isTold(request, response, tagOf(text))) response.type('application/json').send(text);
}

/** Whether all is said with the tag: the caller reads, and has what it stands for. */
export function isTold(request: Request, response: Response, entityTag: string): boolean {
  response.set('ETag', entityTag);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || !isKnown(request, entityTag)) return false;
  response.status(304).end();
  return true;
}

function holdsSecret(document: object): boolean {
  return 'launchUrl' in document;
}

/**
 * Goes on only with what the caller has seen (RFC 9110 §13.1.1). A weak tag never fits.
 *
 * @param current the tag as things stand; asked for only when there is a condition
 * @throws {ConsentFailure} precondition_failed
 */
export async function requireMatch(request: Request, current: () => Promise<string>): Promise<void> {
  if (!isConditional(request)) return;
  const seen = (request.get('if-match') ?? '').split(',').map((each) => each.trim());
  if (!seen.includes(await current())) throw new ConsentFailure('precondition_failed');
}

/** Whether the caller names what it has seen; `*` fits whatever there is. */
export function isConditional(request: Request): boolean {
  const expected = request.get('if-match');
  return expected !== undefined && expected.trim() !== '*';
}

/** Tags as If-None-Match compares them: a weak one counts as a strong one. */
export function tagsOf(header: string | undefined): readonly string[] {
  const tags = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.filter((tag) => tag !== '');
}
