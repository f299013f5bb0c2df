import type { BenchResult, Figures, Latency, LevelResult } from './results';
import { round } from './statistics';

const PARTS = [
  ['requestToLaunchUrl', 'request → launch URL'],
  ['launchToBankUrl', 'launch → bank URL'],
  ['callbackToReceipt', 'callback → receipt'],
] as const;

/** In the order a flow meets them. The bank and the load generator are the same work in both variants. */
const PROCESSES = ['api', 'worker', 'temporal', 'postgres', 'hand-rolled', 'bank', 'load'];
const OURS = ['api', 'worker', 'temporal', 'postgres', 'hand-rolled'];

/** The figures as Markdown tables, for the terminal and for docs/performance.md. */
export function tablesOf(result: BenchResult): string {
  return [
    markdown(
      ['at concurrency', 'hand-rolled, flows/s', 'durable, flows/s', 'ratio'],
      result.levels.map(({ concurrency, variants, ratios }) => [
        String(concurrency),
        String(variants['hand-rolled'].flowsPerSecond),
        String(variants.durable.flowsPerSecond),
        `**${ratios.flowsPerSecond.toFixed(2)}**`,
      ]),
    ),
    'Milliseconds, p50 / p99:',
    markdown(
      ['at concurrency', 'what is waited for', 'hand-rolled', 'durable', 'ratio of p50'],
      result.levels.flatMap(latencyRows),
    ),
    'CPU milliseconds per flow, by process:',
    markdown(
      ['at concurrency', 'variant', ...PROCESSES, 'without bank and load'],
      result.levels.flatMap(({ concurrency, variants }) =>
        Object.entries(variants).map(([variant, figures]) => [String(concurrency), variant, ...cpuCells(figures)]),
      ),
    ),
    historySentence(result),
  ].join('\n\n');
}

function latencyRows({ concurrency, variants, ratios }: LevelResult): string[][] {
  return PARTS.map(([part, label]) => [
    String(concurrency),
    label,
    pair(variants['hand-rolled'].latencyMs[part]),
    pair(variants.durable.latencyMs[part]),
    ratios[part].p50.toFixed(2),
  ]);
}

const pair = ({ p50, p99 }: Latency): string => `${p50} / ${p99}`;

function cpuCells({ cpuMsPerFlow }: Figures): string[] {
  const sum = OURS.reduce((total, name) => total + (cpuMsPerFlow[name] ?? 0), 0);
  return [...PROCESSES.map((name) => String(cpuMsPerFlow[name] ?? '–')), String(round(sum))];
}

function historySentence({ history }: BenchResult): string {
  return (
    `In Temporal, from request until the consent sleeps (mean of ${history.sampled}): ` +
    `${history.workflowTasks} workflow tasks, ${history.events} history events, ${history.bytes} bytes.`
  );
}

/** Padded, so that it reads in a terminal as well and Prettier leaves it alone. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
