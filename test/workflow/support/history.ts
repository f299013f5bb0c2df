import type { History } from '@temporalio/worker';

interface FoundPayload {
  /** Where in the history it stands. */
  readonly place: string;
  readonly encoding: string;
}

/** Every payload of an exported history. */
export function payloadsOf(history: History): readonly FoundPayload[] {
  const found: FoundPayload[] = [];
  walk(history, [], (value, path) => {
    const { metadata } = value as { metadata?: { encoding?: unknown } };
    const encoding = metadata?.encoding;
    if (encoding instanceof Uint8Array)
      found.push({ place: placeOf(path), encoding: Buffer.from(encoding).toString() });
  });
  return found;
}

/** Where the encrypted payloads of a history stand, and which workflow each says it is bound to. */
export function ownersOf(history: History): readonly { readonly place: string; readonly owner: string }[] {
  const found: { place: string; owner: string }[] = [];
  walk(history, [], (value, path) => {
    const { metadata } = value as { metadata?: Record<string, unknown> };
    const [encoding, owner] = ['encoding', 'encryption-bound-to'].map((name) => bytesOf(metadata?.[name]).toString());
    if (encoding === 'binary/encrypted') found.push({ place: placeOf(path), owner: owner ?? '' });
  });
  return found;
}

const bytesOf = (value: unknown) => Buffer.from(value instanceof Uint8Array ? value : []);

/** Payloads that anybody who reads the history can read. */
export function clearPayloads(history: History): readonly FoundPayload[] {
  return payloadsOf(history).filter(({ encoding }) => encoding !== 'binary/encrypted');
}

/** All strings and bytes of a history, to look for words that must not be there. */
export function textOf(history: History): string {
  const texts: string[] = [];
  walk(history, [], (value) => {
    if (typeof value === 'string') texts.push(value);
    if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('latin1'));
  });
  return texts.join('\n');
}

function walk(
  value: unknown,
  path: readonly string[],
  visit: (value: object | string, path: readonly string[]) => void,
) {
  if (typeof value === 'string') visit(value, path);
  if (typeof value !== 'object' || value === null) return;
  visit(value, path);
  if (value instanceof Uint8Array) return;
  for (const [name, each] of Object.entries(value)) walk(each, [...path, name], visit);
}

function placeOf(path: readonly string[]): string {
  if (path.includes('searchAttributes')) return 'searchAttributes';
  const names = path.filter((name) => !/^\d+$/.test(name));
  // Which local activity it was and when it ran; its result and failure are elsewhere, encrypted.
  if (names.join('.') === 'events.markerRecordedEventAttributes.details.data.payloads') {
    return 'marker:core_local_activity:data';
  }
  return names.join('.');
}
