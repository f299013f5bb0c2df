import { z } from 'zod';
import { applicationClientView } from '../../operators/access-views';
import { issuerClient } from '../../operators/key-terms';
import { addApplicationClient, listApplicationClients, removeApplicationClient } from '../../store/application-clients';
import { findApplication } from '../../store/applications';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { parseOptions } from '../operator-input';
import { table } from '../table';
import { applicationNamed } from './application-keys';

const addSchema = z.object({ issuer: issuerClient.issuer, 'client-id': issuerClient.clientId });

/** As whom issuers of access tokens know an application: docs/access.md. */
export const APPLICATION_CLIENT_COMMANDS: readonly Command[] = [
  {
    words: ['applications', 'clients', 'list'],
    examples: ['budget-bee'],
    synopsis: 'ID',
    summary: 'clients of issuers whose access tokens speak for an application',
    changes: false,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { id: known } = await findApplication(database, applicationNamed(id).applicationId);
        const clients = (await listApplicationClients(database, known)).map(applicationClientView);
        const rows = clients.map((client) => [client.id, client.issuer, client.clientId]);
        return { text: rows.length === 0 ? 'none' : table(['ID', 'ISSUER', 'CLIENT'], rows), value: clients };
      }),
  },
  {
    words: ['applications', 'clients', 'add'],
    examples: ['budget-bee --issuer https://login.example --client-id budget-bee-prod'],
    synopsis: 'ID --issuer URL --client-id CLIENT',
    summary: 'let access tokens of a client speak for an application',
    options: {
      issuer: { type: 'string', value: 'URL', about: 'who issues the tokens, one of ACCESS_TOKEN_ISSUERS' },
      'client-id': { type: 'string', value: 'CLIENT', about: 'as whom that issuer knows the application' },
    },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { issuer, 'client-id': clientId } = parseOptions(addSchema, values);
        const client = await addApplicationClient(database, applicationNamed(id).applicationId, { issuer, clientId });
        return {
          text: `Tokens of ${clientId} from ${issuer} speak for ${id ?? ''}: ${client.id}`,
          value: applicationClientView(client),
          outcome: `done: ${client.id}`,
        };
      }),
  },
  {
    words: ['applications', 'clients', 'remove'],
    examples: ['budget-bee apc_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ID APC-ID',
    summary: 'let them speak for it no longer, from the next request on',
    changes: true,
    run: (_values, [id, clientId], settings) =>
      withDatabase(settings, async (database) => {
        if (clientId === undefined)
          throw new UsageError('Name it by its id, apc_…: applications clients list shows it.');
        await removeApplicationClient(database, applicationNamed(id).applicationId, clientId);
        return { text: `${clientId} is removed.`, value: { id: clientId } };
      }),
  },
];
