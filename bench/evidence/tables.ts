import { markdown } from '../table';
import type { EvidenceResult } from './result';

/** The figures as Markdown tables, for the terminal and for docs/performance.md. */
export function evidenceTables({ bundle, signing, appends, checkpoints }: EvidenceResult): string {
  return [
    `A bundle of ${bundle.events} events (${(bundle.bytes / 2 ** 20).toFixed(1)} MiB) of one of ${bundle.chains} chains, in seconds:`,
    markdown(
      ['export', 'verify, in process', '`fdx-consent evidence verify`, as a command'],
      [[bundle.exportSeconds, bundle.verifySeconds, bundle.commandSeconds].map(String)],
    ),
    `Receipts of ${signing.bytes} bytes, one after the other:`,
    markdown(
      ['jose alone, per second', 'canonical form, signature and digest', 'ratio'],
      [[String(signing.barePerSecond), String(signing.perSecond), ratio(signing.ratio)]],
    ),
    `Appends by ${appends.writers} writers at once, each committed to disk:`,
    markdown(
      ['', 'per second', 'ratio'],
      [
        ['the same row without a chain', String(appends.barePerSecond), ''],
        [
          `to ${appends.writers} chains`,
          String(appends.toManyChainsPerSecond),
          `**${ratio(appends.ratios.manyChains)}**`,
        ],
        ['all to one chain', String(appends.toOneChainPerSecond), `**${ratio(appends.ratios.oneChain)}**`],
      ],
    ),
    `Checkpoints over ${checkpoints.chains} chains, and an audit of ${checkpoints.events} events, in seconds:`,
    markdown(
      ['the first one', 'one over chains that have not grown', 'audit'],
      [[checkpoints.firstSeconds, checkpoints.nextSeconds, checkpoints.auditSeconds].map(String)],
    ),
  ].join('\n\n');
}

const ratio = (value: number): string => value.toFixed(2);
