import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../scripts/setup/repository';
import type { CpuTimes } from './cpu';
import type { HistoryFigures } from './histories';
import type { FlowTimes } from './load/messages';
import type { Machine } from './machine';
import type { Plan, Variant } from './plan';

/** One turn of one variant at one concurrency. */
export interface Leg {
  concurrency: number;
  variant: Variant;
  round: number;
  flows: number;
  elapsedMs: number;
  flowsPerSecond: number;
  cpuMs: CpuTimes;
}

export interface Latency {
  p50: number;
  p99: number;
}

export interface Figures {
  flows: number;
  flowsPerSecond: number;
  latencyMs: Record<keyof FlowTimes, Latency>;
  cpuMsPerFlow: CpuTimes;
}

export interface LevelResult {
  concurrency: number;
  variants: Record<Variant, Figures>;
  /** Durable over hand-rolled: above 1 is better in flows per second, below 1 is better in milliseconds. */
  ratios: { flowsPerSecond: number } & Record<'requestToLaunchUrl' | 'launchToBankUrl' | 'callbackToReceipt', Latency>;
}

export interface BenchResult {
  /** RFC 3339. */
  startedAt: string;
  quick: boolean;
  commit: string;
  machine: Machine;
  plan: Plan;
  levels: LevelResult[];
  history: HistoryFigures;
  legs: Leg[];
}

const directory = path.join(repositoryRoot, 'bench', 'results');

/** What is measured, each in result files of its own: the connect flow, custody and data, evidence, histories, and webhooks. */
export type Subject = '' | 'custody-' | 'evidence-' | 'histories-' | 'webhooks-';

interface Dated {
  startedAt: string;
  quick: boolean;
}

/** @returns the file's path from the root of the repository */
export function writeResult(result: Dated, subject: Subject = ''): string {
  mkdirSync(directory, { recursive: true });
  // Sorts by time; no colons, which some file systems refuse.
  const time = result.startedAt.slice(0, 19).replaceAll(':', '-');
  const file = path.join(directory, `${subject}${time}${result.quick ? '-quick' : ''}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return path.relative(repositoryRoot, file);
}

/** @throws {Error} when there is no full run to show */
export function readLatestFullResult(subject: Subject = ''): { file: string; result: unknown } {
  const names = readdirSync(directory, { withFileTypes: true }).map(({ name }) => name);
  const latest = names
    .filter((name) => new RegExp(`^${subject}\\d.*\\d\\.json$`).test(name))
    .sort()
    .at(-1);
  if (latest === undefined) throw new Error('bench/results holds no full run: run `npm run bench` first');
  const file = path.join(directory, latest);
  return {
    file: path.relative(repositoryRoot, file),
    result: JSON.parse(readFileSync(file, 'utf8')) as unknown,
  };
}
