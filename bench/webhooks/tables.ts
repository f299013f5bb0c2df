import type { CpuTimes } from '../cpu';
import type { Latency } from '../results';
import { markdown } from '../table';
import type { DeliveryFigures, WebhooksResult } from './result';

/** The figures as Markdown tables, for the terminal and for docs/performance.md. */
export function webhooksTables({ outbox, deliveries, pages, streams }: WebhooksResult): string {
  return [
    `A backlog of ${deliveries.levels[0]?.deliveries ?? 0} deliveries, sent by one worker:`,
    deliveryTable(deliveries),
    'Changes of consents per second, each committed to disk: without telling its application, with what that writes but without its NOTIFY, and as it is:',
    outboxTable(outbox),
    `${pages.events} events of one application in pages of ${pages.limit}:`,
    pageTable(pages),
    'Server-sent events, from the change to its arrival at a reader:',
    streamTable(streams),
  ].join('\n\n');
}

function deliveryTable({ bare, levels, ratios }: WebhooksResult['deliveries']): string {
  const [one, many, oneDead] = levels as [DeliveryFigures, DeliveryFigures, DeliveryFigures];
  const [few, lots] = bare.map(({ atOnce, perSecond }) => [`bare, ${atOnce} at once`, String(perSecond)]);
  const row = (to: string, of: DeliveryFigures, beside: string[] = [], ratio = 0): string[] => [
    ...[to, String(of.perSecond), ...beside, bold(ratio), cpu(of.cpuMsPerDelivery)],
  ];
  return markdown(
    ['to', 'per second', 'beside', 'per second', 'ratio', 'CPU ms per delivery'],
    [
      row('1 endpoint', one, few, ratios.one),
      row(`${many.endpoints} endpoints`, many, lots, ratios.many),
      row(
        `${oneDead.endpoints}, one of them dead`,
        oneDead,
        [`all ${many.endpoints} alive`, String(many.perSecond)],
        ratios.oneDead,
      ),
    ],
  );
}

function outboxTable(outbox: WebhooksResult['outbox']): string {
  return markdown(
    [
      'writers',
      'endpoints',
      'without',
      'but for NOTIFY',
      'ratio',
      'as it is',
      'ratio',
      'ms p50 / p99 without',
      'as it is',
    ],
    outbox.map((each) => [
      ...[each.writers, each.endpoints, each.without.perSecond, each.silent.perSecond].map(String),
      ...[bold(each.ratios.silent), String(each.with.perSecond), bold(each.ratios.with)],
      ...[pair(each.without), pair(each.with)],
    ]),
  );
}

function pageTable({ firstReader, nextReader, bareEventsPerSecond, ratio }: WebhooksResult['pages']): string {
  const row = (who: string, { eventsPerSecond, latencyMs }: typeof firstReader, beside: string): string[] => [
    ...[who, String(eventsPerSecond), pair(latencyMs), beside],
  ];
  return markdown(
    ['', 'events per second', 'a page, ms p50 / p99', 'ratio to SQL'],
    [
      row('`GET /v1/events`, the first reader', firstReader, ''),
      row('`GET /v1/events`, the next one', nextReader, bold(ratio)),
      ['the same rows by SQL alone', String(bareEventsPerSecond), '', ''],
    ],
  );
}

function streamTable(streams: WebhooksResult['streams']): string {
  return markdown(
    ['streams', 'changes per second', 'arrivals', 'ms p50 / p99', 'CPU ms per arrival'],
    streams.map((each) => [
      ...[each.streams, each.changesPerSecond, each.arrivals].map(String),
      ...[pair(each.latencyMs), cpu(each.cpuMsPerArrival)],
    ]),
  );
}

const bold = (ratio: number): string => `**${ratio.toFixed(2)}**`;
const pair = ({ p50, p99 }: Latency): string => `${p50} / ${p99}`;
const cpu = (times: CpuTimes): string =>
  Object.entries(times)
    .map(([name, ms]) => `${name} ${ms}`)
    .join(', ');
