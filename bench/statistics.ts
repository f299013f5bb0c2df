import type { CpuTimes } from './cpu';
import type { FlowTimes } from './load/messages';
import type { Figures, Latency, Leg } from './results';

/** Nearest rank: a time that somebody really waited. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? 0;
}

/** All legs of one variant at one concurrency, taken together. */
export function figuresOf(legs: readonly Leg[], times: readonly FlowTimes[]): Figures {
  const sum = (of: (leg: Leg) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
  const flows = sum((leg) => leg.flows);
  const processes = [...new Set(legs.flatMap((leg) => Object.keys(leg.cpuMs)))];
  const latency = (part: keyof FlowTimes): Latency => latencyOf(times.map((each) => each[part]));
  return {
    flows,
    flowsPerSecond: round((flows / sum((leg) => leg.elapsedMs)) * 1000),
    latencyMs: {
      requestToLaunchUrl: latency('requestToLaunchUrl'),
      launchPage: latency('launchPage'),
      launchToBankUrl: latency('launchToBankUrl'),
      atBank: latency('atBank'),
      callbackToReceipt: latency('callbackToReceipt'),
    },
    cpuMsPerFlow: Object.fromEntries(
      processes.map((name) => [name, round(sum((leg) => leg.cpuMs[name] ?? 0) / flows)]),
    ),
  };
}

export const latencyOf = (values: readonly number[]): Latency => ({
  p50: round(percentile(values, 0.5)),
  p99: round(percentile(values, 0.99)),
});

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Milliseconds of each process for one of so many. */
export function perOne(spent: CpuTimes, count: number): CpuTimes {
  return Object.fromEntries(Object.entries(spent).map(([name, ms]) => [name, round(ms / count, 2)]));
}
