import type { CpuTimes } from '../cpu';
import type { Machine } from '../machine';
import type { Latency } from '../results';

export interface DeliveryFigures {
  endpoints: number;
  /** How many of them never answer. */
  dead: number;
  /** To those that answer. */
  deliveries: number;
  perSecond: number;
  cpuMsPerDelivery: CpuTimes;
}

export interface Deliveries {
  /** Signed and sent by the same sender, as many at once, with no queue. */
  bare: { atOnce: number; perSecond: number }[];
  levels: DeliveryFigures[];
  ratios: { one: number; many: number; oneDead: number };
}

export interface OutboxFigures {
  writers: number;
  endpoints: number;
  /** Milliseconds of one change of a consent, committed. */
  without: Latency & { perSecond: number };
  /** With everything that it writes, but for its NOTIFY. */
  silent: Latency & { perSecond: number };
  with: Latency & { perSecond: number };
  ratios: { silent: number; with: number };
}

export interface PageFigures {
  events: number;
  limit: number;
  /** The reader whose coming gives them their positions; and the one after it. */
  firstReader: { eventsPerSecond: number; latencyMs: Latency };
  nextReader: { eventsPerSecond: number; latencyMs: Latency };
  /** The same rows by the same index, in SQL alone. */
  bareEventsPerSecond: number;
  ratio: number;
}

export interface StreamFigures {
  streams: number;
  changes: number;
  changesPerSecond: number;
  arrivals: number;
  /** From the moment that the change is sent to the database until its event is read from the stream. */
  latencyMs: Latency;
  cpuMsPerArrival: CpuTimes;
}

export interface WebhooksResult {
  /** RFC 3339. */
  startedAt: string;
  quick: boolean;
  commit: string;
  machine: Machine;
  outbox: OutboxFigures[];
  deliveries: Deliveries;
  pages: PageFigures;
  streams: StreamFigures[];
}
