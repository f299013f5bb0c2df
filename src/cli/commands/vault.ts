import { z } from 'zod';
import type { ConsentId } from '../../domain/ids';
import { keyEncryptionOf, VAULT_SETTINGS } from '../../store/key-providers';
import { listOpenings } from '../../store/openings';
import { rewrapDataKeys, wrappingStatus, type RewrapReport, type WrappingStatus } from '../../store/rewrap';
import { UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult } from '../command';
import { count, parseOptions } from '../operator-input';
import { table } from '../table';

/** What wraps data keys, and who opened what: docs/vault.md. */
export const VAULT_COMMANDS: readonly Command[] = [
  {
    words: ['vault', 'status'],
    examples: [''],
    synopsis: '',
    summary: 'which keys wrap how many data keys, and how many are left to rewrap',
    changes: false,
    run: (_values, _positionals, settings) => {
      const { currentId } = keyEncryptionOf(settings(...VAULT_SETTINGS));
      return withDatabase(settings, async (database) => statusOf(await wrappingStatus(database, currentId), currentId));
    },
  },
  {
    words: ['vault', 'rewrap'],
    examples: [''],
    synopsis: '',
    summary: 'wrap every data key with the current wrapping key; may be interrupted and run again',
    changes: true,
    run: (_values, _positionals, settings) => {
      const keys = keyEncryptionOf(settings(...VAULT_SETTINGS));
      const tell = (rewrapped: number): void => {
        process.stderr.write(`${rewrapped} rewrapped\n`);
      };
      return withDatabase(settings, async (database) => resultOf(await rewrapDataKeys(database, keys, tell)));
    },
  },
  {
    words: ['vault', 'openings'],
    examples: ['cns_0193 --limit 20'],
    synopsis: 'CONSENT-ID [--limit 100]',
    summary: 'who opened which secret of a consent, when and what for, newest last',
    options: { limit: { type: 'string', value: 'N', about: 'so many at most', fallback: '100' } },
    changes: false,
    run: (values, [id], settings) => {
      if (id === undefined) throw new UsageError('Name the consent: fdx-consent vault openings CONSENT-ID');
      const { limit } = parseOptions(z.object({ limit: count(100_000).default(100) }), values);
      return withDatabase(settings, async (database) =>
        openingsOf(await listOpenings(database, id as ConsentId, limit)),
      );
    },
  },
];

function statusOf({ consents, service, left }: WrappingStatus, currentId: string): CommandResult {
  const stateOf = (keyId: string | null): string => (keyId === currentId ? 'wraps' : 'to be rewrapped');
  const rows = [
    ...consents.map(({ keyId, dataKeys }) => [keyId ?? 'not written down', String(dataKeys), stateOf(keyId)]),
    ...(service === undefined ? [] : [[service, 'of the service', stateOf(service)]]),
  ];
  const text = [
    ...(rows.length > 0 ? [table(['wrapping key', 'data keys', 'state'], rows)] : []),
    `${left} left to rewrap.`,
  ];
  return { text: text.join('\n'), value: { current: currentId, consents, service: service ?? null, left } };
}

function resultOf(report: RewrapReport): CommandResult {
  const { rewrapped, broken, left } = report;
  const lines = broken.map(({ owner, reason }) => `${owner}: ${reason}`);
  const summary = `${rewrapped} rewrapped, ${broken.length} broken, ${left} left`;
  return { text: [...lines, `${summary}.`].join('\n'), value: report, failed: left > 0, outcome: summary };
}

function openingsOf(rows: Awaited<ReturnType<typeof listOpenings>>): CommandResult {
  const openings = rows.map(({ at, ...opening }) => ({ at: at.toISOString(), ...opening }));
  const lines = openings.map(({ at, openedBy, reason, purpose, row, requestId }) => [
    ...[at, openedBy, reason, purpose, row],
    requestId ?? '',
  ]);
  const headings = ['at', 'opened by', 'reason', 'what', 'row', 'request'];
  return { text: openings.length === 0 ? 'none' : table(headings, lines), value: { openings } };
}
