import { z } from 'zod';
import { keyLabel } from '../../operators/key-terms';
import { createApiKey, listApiKeys, revokeApiKey } from '../../store/api-keys';
import { withDatabase, type Command } from '../command';
import { parseOptions } from '../operator-input';
import { keyNamed, keyTable } from './application-keys';

const OPERATORS = { role: 'operator' } as const;
const addSchema = z.object({ name: keyLabel });

/** Keys of people who run the service. Only who reaches the database makes them: no key of the API makes another operator. */
export const OPERATOR_KEY_COMMANDS: readonly Command[] = [
  {
    words: ['operators', 'add'],
    examples: ["--name 'On call'"],
    synopsis: '--name NAME',
    summary: 'print a new operator API key',
    options: { name: { type: 'string', value: 'NAME', about: 'whose it is' } },
    changes: true,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const { name } = parseOptions(addSchema, values);
        const key = await createApiKey(database, OPERATORS, name);
        return { text: `Operator key (shown once): ${key.apiKey}`, value: key, outcome: `done: ${key.id}` };
      }),
  },
  {
    words: ['operators', 'list'],
    examples: [''],
    synopsis: '',
    summary: 'operator API keys, and when each was last used',
    changes: false,
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => keyTable(await listApiKeys(database, OPERATORS))),
  },
  {
    words: ['operators', 'revoke'],
    examples: ['key_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'KEY-ID',
    summary: 'let an operator API key be good for nothing from the next request on',
    changes: true,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        await revokeApiKey(database, OPERATORS, keyNamed(id));
        return { text: `${id ?? ''} is revoked.`, value: { id, state: 'revoked' } };
      }),
  },
];
