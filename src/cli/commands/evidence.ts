import { readFileSync, writeFileSync } from 'node:fs';
import type { ConsentId } from '../../domain/ids';
import { auditEvidence, type EvidenceAudit } from '../../evidence/audit';
import type { Damage } from '../../evidence/chain-judgement';
import { takeCheckpoint, type TakenCheckpoint } from '../../evidence/checkpoint';
import { exportEvidence } from '../../evidence/export';
import { openTypedNames } from '../../evidence/typed-names';
import { verifyBundle, type Verification } from '../../evidence/verify/verify';
import { createLog } from '../../log';
import { openKeyBook } from '../../signing/key-book';
import { keyServicesAt } from '../../signing/socket-key-service';
import type { Database } from '../../store/database';
import { UsageError } from '../command-errors';
import { vaultOf, withDatabase, type Command, type CommandResult, type Settings, type Values } from '../command';

/** What proves a consent, and that it still does: docs/evidence.md. */
export const EVIDENCE_COMMANDS: readonly Command[] = [
  {
    words: ['evidence', 'export'],
    examples: ['cns_0193 --out cns_0193.json'],
    synopsis: 'CONSENT-ID [--out FILE] [--with-names]',
    summary: 'everything that proves a consent in one file, which verifies by itself',
    options: {
      out: { type: 'string', value: 'FILE', about: 'write it there, and over nothing' },
      'with-names': { type: 'boolean', about: 'with the names that persons typed' },
    },
    // Nothing is changed, but what leaves the house is written down.
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        if (id === undefined) throw new UsageError('Name the consent: fdx-consent evidence export CONSENT-ID');
        const openNames =
          values['with-names'] === true
            ? openTypedNames.bind(undefined, database, vaultOf(settings, database))
            : undefined;
        return exported(await exportEvidence(database, id as ConsentId, openNames), values);
      }),
  },
  {
    words: ['evidence', 'verify'],
    examples: ['cns_0193.json --keys kept-keys.json'],
    synopsis: 'FILE [--keys JWKS-FILE] [--checkpoint JWS-FILE]',
    summary: 'what of an exported file holds, and the first thing that does not; needs no settings and no network',
    options: {
      keys: { type: 'string', value: 'JWKS-FILE', about: 'trust these keys only' },
      checkpoint: { type: 'string', value: 'JWS-FILE', about: 'a checkpoint that you have kept' },
    },
    changes: false,
    run: async (values, [file]) => {
      if (file === undefined) throw new UsageError('Name the file: fdx-consent evidence verify FILE');
      return verified(
        await verifyBundle({
          bundle: readFileSync(file, 'utf8'),
          now: Date.now(),
          ...optionalFile('trustedKeys', values['keys']),
          ...optionalFile('keptCheckpoint', values['checkpoint']),
        }),
      );
    },
  },
  {
    words: ['evidence', 'checkpoint'],
    examples: [''],
    synopsis: '',
    summary: 'sign now where every chain of events ends, not at the next daily checkpoint',
    changes: true,
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => taken(await takeNow(database, settings))),
  },
  {
    words: ['evidence', 'audit'],
    examples: ['', '--json'],
    synopsis: '',
    summary: 'read every checkpoint and every event again, and name each chain that is not as it was',
    changes: false,
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => audited(await auditEvidence(database))),
  },
];

function optionalFile(name: 'trustedKeys' | 'keptCheckpoint', file: unknown): Readonly<Record<string, string>> {
  return typeof file === 'string' ? { [name]: readFileSync(file, 'utf8') } : {};
}

function exported(bundle: Awaited<ReturnType<typeof exportEvidence>>, values: Values): CommandResult {
  const { out } = values;
  const { consentId, events, receipts, checkpoints } = bundle;
  const text = `${JSON.stringify(bundle, null, 1)}\n`;
  if (typeof out !== 'string') return { text: text.trimEnd(), value: bundle };
  // It tells of a person, whatever it does not say. Nothing that is there already is written over.
  writeFileSync(out, text, { mode: 0o600, flag: 'wx' });
  const counts = { events: events.length, receipts: receipts.length, checkpoints: checkpoints.length };
  const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return { text: `Wrote ${out}: ${told.join(', ')}.`, value: { consentId, file: out, ...counts } };
}

function verified(report: Verification): CommandResult {
  const lines = [
    ...report.held.map((what) => `holds      ${what}`),
    ...report.open.map((what) => `open       ${what}`),
    report.fault ? `DOES NOT   ${report.fault.where}: ${report.fault.what}` : 'Everything that was looked at holds.',
  ];
  return { text: lines.join('\n'), value: report, failed: !report.holds };
}

async function takeNow(database: Database, settings: Settings): Promise<TakenCheckpoint> {
  const { KEY_SERVICE_SOCKET: socket, ...us } = settings(
    'KEY_SERVICE_SOCKET',
    'AGGREGATOR_NAME',
    'AGGREGATOR_HOME_URI',
  );
  const places = { database, vault: vaultOf(settings, database), keyServices: keyServicesAt(socket) };
  const keys = await openKeyBook({ ...places, log: createLog('cli', 'silent') }, ['receipt']);
  try {
    const { AGGREGATOR_NAME: name, AGGREGATOR_HOME_URI: homeUri } = us;
    const aggregator = { name, ...(homeUri !== undefined && { homeUri }) };
    return await takeCheckpoint({ database, receiptSigner: () => keys.receiptSigner(), aggregator }, 0);
  } finally {
    keys.close();
  }
}

function taken(result: TakenCheckpoint): CommandResult {
  if (result.outcome === 'not_due') {
    return { text: 'A checkpoint is being taken by another process.', value: result, outcome: result.outcome };
  }
  const { damages } = result;
  const first =
    result.outcome === 'taken'
      ? `Checkpoint ${result.checkpoint.number}: ${result.checkpoint.chains} chains, root ${result.checkpoint.root}`
      : 'No checkpoint was taken: what the last one stands for is not known any more.';
  return { text: [first, ...linesOf(damages)].join('\n'), value: result, failed: damages.length > 0 };
}

function audited(audit: EvidenceAudit): CommandResult {
  const { chains, events, checkpoints, damages } = audit;
  const seen = `${chains} chains with ${events} events, ${checkpoints} checkpoints`;
  const verdict = damages.length === 0 ? 'all as they were.' : `${damages.length} things are not as they were.`;
  return { text: [...linesOf(damages), `${seen}: ${verdict}`].join('\n'), value: audit, failed: damages.length > 0 };
}

function linesOf(damages: readonly Damage[]): readonly string[] {
  return damages.map(({ of, what }) => `${of}: ${what}`);
}
