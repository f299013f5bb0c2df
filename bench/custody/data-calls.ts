import { fork, type ChildProcess } from 'node:child_process';
import { compiled } from '../../scripts/setup/repository';
import type { Tell } from '../../scripts/setup/missing-part';
import { askChild } from '../ask-child';
import { readCpuTimes, spentBetween, type CpuTimes } from '../cpu';
import { latencyOf, round } from '../statistics';
import type { CallAnswer, CallOrder, CallReport } from './caller/messages';
import type { CallFigures, CallLevel } from './result';

export interface CallPlan {
  /** How often the two ways take turns at each level, so that a machine that drifts drifts for both. */
  rounds: number;
  /** Of each way, over all rounds. */
  levels: readonly { concurrency: number; calls: number }[];
}

export type Surroundings = Omit<CallOrder, 'way' | 'calls' | 'concurrency'>;

const WAYS = ['direct', 'through'] as const;
type Way = (typeof WAYS)[number];

interface Leg extends CallReport {
  way: Way;
  concurrency: number;
  cpuMs: CpuTimes;
}

/** The same request for data, to the bank directly and through us, with a token that need not be refreshed. */
export async function measureCalls(
  plan: CallPlan,
  surroundings: Surroundings,
  pids: () => Record<string, number | undefined>,
  tell: Tell,
): Promise<CallLevel[]> {
  const caller = fork(compiled('bench/custody/caller/main.js'), [], { execArgv: [] });
  const run = async (way: Way, concurrency: number, calls: number): Promise<Leg> => {
    const processes = { ...pids(), caller: caller.pid };
    const before = readCpuTimes(processes);
    const report = await ask(caller, { ...surroundings, way, concurrency, calls });
    return { ...report, way, concurrency, cpuMs: spentBetween(before, readCpuTimes(processes)) };
  };
  try {
    for (const way of WAYS) await run(way, 16, 200);
    const legs: Leg[] = [];
    for (const { concurrency, calls } of plan.levels) {
      for (let index = 0; index < plan.rounds; index += 1) {
        for (const way of index % 2 === 0 ? WAYS : [...WAYS].reverse()) {
          const leg = await run(way, concurrency, Math.ceil(calls / plan.rounds));
          tell(`${way} at ${concurrency}: ${round((leg.times.length / leg.elapsedMs) * 1000)} calls/s`);
          legs.push(leg);
        }
      }
    }
    return plan.levels.map(({ concurrency }) => levelOf(concurrency, legs));
  } finally {
    caller.disconnect();
  }
}

async function ask(caller: ChildProcess, order: CallOrder): Promise<CallReport> {
  const answer = (await askChild(caller, order)) as CallAnswer;
  if (answer.kind === 'failed') throw new Error(`a call ${order.way} failed: ${answer.message}`);
  return answer.report;
}

function levelOf(concurrency: number, legs: readonly Leg[]): CallLevel {
  const figures = (way: Way) => figuresOf(legs.filter((leg) => leg.way === way && leg.concurrency === concurrency));
  const [direct, through] = [figures('direct'), figures('through')];
  return {
    concurrency,
    direct,
    through,
    ratios: {
      callsPerSecond: round(through.callsPerSecond / direct.callsPerSecond, 2),
      latencyMs: {
        p50: round(through.latencyMs.p50 / direct.latencyMs.p50, 2),
        p99: round(through.latencyMs.p99 / direct.latencyMs.p99, 2),
      },
    },
  };
}

function figuresOf(legs: readonly Leg[]): CallFigures {
  const times = legs.flatMap((leg) => leg.times);
  const elapsedMs = legs.reduce((sum, leg) => sum + leg.elapsedMs, 0);
  const processes = [...new Set(legs.flatMap((leg) => Object.keys(leg.cpuMs)))];
  const cpuOf = (name: string) => legs.reduce((sum, leg) => sum + (leg.cpuMs[name] ?? 0), 0);
  return {
    calls: times.length,
    callsPerSecond: round((times.length / elapsedMs) * 1000),
    latencyMs: latencyOf(times),
    cpuMsPerCall: Object.fromEntries(processes.map((name) => [name, round(cpuOf(name) / times.length, 2)])),
  };
}
