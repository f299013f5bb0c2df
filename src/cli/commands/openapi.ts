import { z } from 'zod';
import { SERVICE_VERSION } from '../../api/contract/version';
import type { Command } from '../command';
import { writeWhole } from '../file-output';
import { parseOptions } from '../operator-input';

const optionsSchema = z.object({ out: z.string().min(1, 'names a file').optional() });

/** The contract without a service: for whoever generates a client of it, or compares two versions. */
export const OPENAPI_COMMAND: Command = {
  words: ['openapi'],
  synopsis: '[--out FILE]',
  summary:
    'write the OpenAPI document of the API, as the service has it at /openapi.json; needs no settings and no network',
  options: { out: { type: 'string', value: 'FILE', about: 'write it there', fallback: 'to standard output' } },
  examples: ['', '--out openapi.json'],
  changes: false,
  async run(values) {
    const { out } = parseOptions(optionsSchema, values);
    const document = await documentOfApi();
    const text = JSON.stringify(document, null, 2);
    if (out === undefined) return { text, value: document };
    await writeWhole([`${text}\n`], out, 0o644);
    return { text: `The document is in ${out}`, value: { file: out } };
  },
};

/** Loaded when it is asked for: it is made of the whole API, which no other command needs. */
async function documentOfApi(): Promise<object> {
  const [{ openApiDocument }, { ALL_OPERATIONS }] = await Promise.all([
    import('../../api/contract/document.js'),
    import('../../api/contract/operations/index.js'),
  ]);
  return openApiDocument(ALL_OPERATIONS, SERVICE_VERSION);
}
