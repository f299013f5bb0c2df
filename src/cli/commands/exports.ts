import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ApplicationId } from '../../domain/ids';
import { EXPORT_FORMATS } from '../../exports/format';
import { exportRecords, EXPORTED_RECORDS, type ExportedRecords } from '../../exports/export-records';
import { UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult } from '../command';
import { writeWhole } from '../file-output';
import { instant, parseOptions } from '../operator-input';

const optionsSchema = z
  .object({
    from: instant,
    to: instant,
    application: z.string().optional(),
    format: z.enum(EXPORT_FORMATS, `is one of ${EXPORT_FORMATS.join(', ')}`).default('ndjson'),
    out: z.string().min(1).optional(),
  })
  .refine(({ from, to }) => !(from >= to), { path: ['to'], message: 'is later than --from' });

/** Files of what is stored, for a period: docs/audit-trail.md. */
export const EXPORT_COMMANDS: readonly Command[] = EXPORTED_RECORDS.map((records) => ({
  words: ['export', records],
  examples: ['--from 2026-11-01 --to 2026-12-01 --format csv --out november.csv'],
  synopsis: '--from DATE --to DATE [--application ID] [--format csv|ndjson] [--out FILE]',
  summary: `${records} of a period, as they come: to a file, or to standard output`,
  options: {
    from: { type: 'string', value: 'DATE', about: 'from this day or instant on' },
    to: { type: 'string', value: 'DATE', about: 'until before this day or instant' },
    application: { type: 'string', value: 'ID', about: 'of this application' },
    format: { type: 'string', choices: EXPORT_FORMATS, about: 'the form of the file', fallback: 'ndjson' },
    out: { type: 'string', value: 'FILE', about: 'write it there, and over nothing' },
  },
  changes: false,
  run: (values, _positionals, settings) =>
    withDatabase(settings, async (database) => {
      const { out, application, ...request } = parseOptions(optionsSchema, values);
      if (out === undefined && values['json'] === true)
        throw new UsageError('--json needs --out: the file itself goes there');
      const chunks = exportRecords(database, {
        ...request,
        records,
        applicationId: application as ApplicationId | undefined,
      });
      return out === undefined ? toStandardOutput(chunks) : toFile(chunks, out, records);
    }),
}));

async function toStandardOutput(chunks: AsyncIterable<string>): Promise<CommandResult> {
  await pipeline(Readable.from(chunks), process.stdout, { end: false });
  return { text: '', value: undefined, isPrinted: true };
}

async function toFile(chunks: AsyncIterable<string>, out: string, records: ExportedRecords): Promise<CommandResult> {
  // It tells who agreed to what: for its owner's eyes.
  await writeWhole(chunks, out, 0o600);
  return { text: `${records} are in ${out}`, value: { file: out } };
}
