import type { CpuTimes } from '../cpu';
import type { Machine } from '../machine';
import type { Latency } from '../results';

export interface CallFigures {
  calls: number;
  callsPerSecond: number;
  /** Milliseconds. */
  latencyMs: Latency;
  cpuMsPerCall: CpuTimes;
}

export interface CallLevel {
  concurrency: number;
  direct: CallFigures;
  through: CallFigures;
  /** Through us over directly: below 1 is slower in calls per second, above 1 in milliseconds. */
  ratios: { callsPerSecond: number; latencyMs: Latency };
}

export interface RefreshFigures {
  consents: number;
  concurrency: number;
  /** The same requests by the same client, with nothing locked, sealed or stored. */
  barePerSecond: number;
  perSecond: number;
  ratio: number;
}

export interface SealFigures {
  bytes: number;
  /** AES-256-GCM by Node alone, over the same bytes. */
  bare: { sealsPerSecond: number; opensPerSecond: number };
  vault: { sealsPerSecond: number; opensPerSecond: number };
  /** Opened by so many at once, without a word and each written down before. */
  atOnce: { concurrency: number; silentPerSecond: number; writtenDownPerSecond: number };
  ratios: { seal: number; open: number; openWrittenDown: number };
}

export interface CustodyResult {
  /** RFC 3339. */
  startedAt: string;
  quick: boolean;
  commit: string;
  machine: Machine;
  calls: CallLevel[];
  refreshes: RefreshFigures;
  sealing: SealFigures;
}
