import type { ConsentId } from '../../domain/ids';
import { ConsentFailure } from '../../domain/failures';
import { findCertificate } from '../../store/purge';
import { createTemporalClient } from '../../temporal/connection';
import { runHousekeeping } from '../../temporal/housekeeping';
import { SWEEPS, type HousekeepingResult, type SweepResult } from '../../workflows/housekeeping-contract';
import { UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult, type Settings } from '../command';
import { table } from '../table';

export const HOUSEKEEPING_COMMANDS: readonly Command[] = [
  {
    words: ['housekeeping', 'run'],
    examples: [''],
    synopsis: '',
    summary: 'purge what is overdue and end orphans now, not at the next full hour',
    changes: true,
    run: (_values, _positionals, settings) => runNow(settings),
  },
  {
    words: ['housekeeping', 'certificate'],
    examples: ['cns_0193'],
    synopsis: 'CONSENT-ID',
    summary: 'the deletion certificate of a consent, also after everything else of it was removed',
    changes: false,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        if (id === undefined) throw new UsageError('Name the consent: fdx-consent housekeeping certificate CONSENT-ID');
        const certificate = await findCertificate(database, id as ConsentId);
        if (!certificate) throw new ConsentFailure('certificate_not_found');
        const { document, signed } = certificate;
        return { text: `${JSON.stringify(document, null, 2)}\n\n${signed}`, value: { document, signed } };
      }),
  },
];

async function runNow(settings: Settings): Promise<CommandResult> {
  const client = createTemporalClient(
    settings('PAYLOAD_KEYS', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS'),
  );
  try {
    const result = await runHousekeeping(client);
    return { text: textOf(result), value: result, failed: SWEEPS.some((sweep) => isBad(result[sweep])) };
  } finally {
    await client.connection.close();
  }
}

function isBad({ outcome }: SweepResult): boolean {
  return outcome === 'failed' || outcome === 'stopped';
}

function textOf(result: HousekeepingResult): string {
  const rows = SWEEPS.map((sweep) => {
    const each = result[sweep];
    const counts = Object.entries(each.counts).map(([name, count]) => `${name} ${count}`);
    const why = each.outcome === 'failed' ? [each.failure] : each.outcome === 'stopped' ? [each.reason] : [];
    return [sweep, each.outcome, [...why, ...counts].join(', ')];
  });
  return table(['sweep', 'outcome', 'counts'], rows);
}
