import type { Latency } from '../results';
import { markdown } from '../table';
import type { CallFigures, CallLevel, CustodyResult } from './result';

/** In the order a call meets them. The bank and the caller are the same work both ways. */
const PROCESSES = ['api', 'postgres', 'bank', 'caller'];

/** The figures as Markdown tables, for the terminal and for docs/performance.md. */
export function custodyTables({ calls, refreshes, sealing }: CustodyResult): string {
  return [
    'A request for a page of transactions, to the bank directly and through the API:',
    markdown(
      ['at concurrency', 'directly, calls/s', 'through us, calls/s', 'ratio'],
      calls.map(({ concurrency, direct, through, ratios }) => [
        String(concurrency),
        String(direct.callsPerSecond),
        String(through.callsPerSecond),
        `**${ratios.callsPerSecond.toFixed(2)}**`,
      ]),
    ),
    markdown(
      ['at concurrency', 'directly, ms p50 / p99', 'through us', 'ratio of p50 / p99'],
      calls.map(({ concurrency, direct, through, ratios }) => [
        String(concurrency),
        pair(direct.latencyMs),
        pair(through.latencyMs),
        pair(ratios.latencyMs),
      ]),
    ),
    'CPU milliseconds per call, by process:',
    markdown(['at concurrency', 'way', ...PROCESSES], calls.flatMap(cpuRows)),
    markdown(
      ['refreshes of distinct consents', 'at concurrency', 'bare, per second', 'in custody, per second', 'ratio'],
      [
        [
          String(refreshes.consents),
          String(refreshes.concurrency),
          String(refreshes.barePerSecond),
          String(refreshes.perSecond),
          `**${refreshes.ratio.toFixed(2)}**`,
        ],
      ],
    ),
    `Sealing a grant’s tokens (${sealing.bytes} bytes), per second:`,
    markdown(
      ['', 'Node’s AES-256-GCM', 'vault', 'ratio'],
      [
        ['seal', String(sealing.bare.sealsPerSecond), String(sealing.vault.sealsPerSecond), ratio(sealing.ratios.seal)],
        ['open', String(sealing.bare.opensPerSecond), String(sealing.vault.opensPerSecond), ratio(sealing.ratios.open)],
      ],
    ),
    `Opened by ${sealing.atOnce.concurrency} at once: ${sealing.atOnce.silentPerSecond} per second without a word, ` +
      `${sealing.atOnce.writtenDownPerSecond} with each written down before, ratio ${ratio(sealing.ratios.openWrittenDown)}.`,
  ].join('\n\n');
}

const pair = ({ p50, p99 }: Latency): string => `${p50} / ${p99}`;
const ratio = (value: number): string => value.toFixed(2);

function cpuRows({ concurrency, direct, through }: CallLevel): string[][] {
  const cells = (way: string, { cpuMsPerCall }: CallFigures) => [
    String(concurrency),
    way,
    ...PROCESSES.map((name) => String(cpuMsPerCall[name] ?? '–')),
  ];
  return [cells('directly', direct), cells('through us', through)];
}
