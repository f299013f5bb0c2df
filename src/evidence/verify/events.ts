import { z } from 'zod';
import { canonicalJson } from '../canonical';
import { Fault } from './fault';
import { objectOf, sha256Of } from './jws';

export const eventSchema = z.strictObject({
  version: z.literal(1),
  chain: z.string(),
  seq: z.number().int().positive(),
  previous: z.string().optional(),
  type: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  reason: z.string().optional(),
  correlationId: z.string().optional(),
  details: z.record(z.string(), z.unknown()),
});

/** One event of the audit trail: docs/audit-trail.md. */
export type AuditEvent = z.infer<typeof eventSchema>;

export interface ChainedEvent {
  readonly event: AuditEvent;
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string;
}

/** Where a walk along a chain has come to. */
export type ChainPosition = Pick<ChainedEvent, 'hash'> & { readonly seq: number; readonly at: string };

/**
 * Reads the next event of a chain.
 *
 * @param before the event before it; undefined at the beginning
 * @throws {Fault} when it is not the event that follows there
 */
export function readEvent(
  text: string,
  chain: string,
  before: ChainPosition | undefined,
  where: string,
): ChainedEvent & ChainPosition {
  const parsed = eventSchema.safeParse(objectOf(text, where));
  if (!parsed.success) throw new Fault(where, 'is not an event as this version knows it');
  const event = parsed.data;
  if (canonicalJson(event) !== text) throw new Fault(where, 'is not in canonical form (RFC 8785)');
  if (event.chain !== chain) throw new Fault(where, `belongs to ${event.chain}, not to ${chain}`);
  const seq = (before?.seq ?? 0) + 1;
  if (event.seq !== seq) throw new Fault(where, `has the number ${event.seq}; ${seq} should be here`);
  if (event.previous !== before?.hash)
    throw new Fault(where, `does not follow the event before it, or that was changed`);
  if (before && event.at < before.at) throw new Fault(where, 'is older than the event before it');
  return { event, hash: sha256Of(text), seq, at: event.at };
}

/** A whole chain from its first event. @throws {Fault} */
export function readChain(texts: readonly string[], chain: string): readonly ChainedEvent[] {
  const events: ChainedEvent[] = [];
  let before: ChainPosition | undefined;
  for (const [index, text] of texts.entries()) {
    const next = readEvent(text, chain, before, `events[${index}]`);
    before = next;
    events.push({ event: next.event, hash: next.hash });
  }
  return events;
}
