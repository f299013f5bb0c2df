import type { StackDescription } from '../../../scripts/dev/stack-description';
import { query } from './database';
import { until } from './until';

/** An event as its chain has it. */
export interface ChainEvent {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly reason?: string;
  readonly correlationId?: string;
  readonly details: Record<string, unknown>;
}

/** The events of one chain, or those of one type among them. */
export async function eventsOf(
  stack: Pick<StackDescription, 'databaseUrl'>,
  chain: string,
  type?: string,
): Promise<readonly ChainEvent[]> {
  const rows = await query(
    stack,
    'SELECT event FROM audit_events WHERE chain = $1 AND type = coalesce($2, type) ORDER BY seq',
    [chain, type ?? null],
  );
  return rows.map(({ event }) => JSON.parse(event as string) as ChainEvent);
}

/** The one event of its type, once it is there; two of them are a fault. */
export async function onlyEvent(
  stack: Pick<StackDescription, 'databaseUrl'>,
  chain: string,
  type: string,
): Promise<ChainEvent> {
  const events = await until(`${type} of ${chain}`, async () => {
    const found = await eventsOf(stack, chain, type);
    return found.length > 0 ? found : undefined;
  });
  if (events.length > 1) throw new Error(`${events.length} of ${type} in ${chain}`);
  return events[0] as ChainEvent;
}
