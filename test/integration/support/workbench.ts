import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import type { LostGrant } from '../../../src/custody/dependencies';
import { createRefreshes } from '../../../src/custody/refreshes';
import { grantFetch, openAuthorization, tokensOf, type StoredTokens } from '../../../src/custody/open-authorization';
import type { AuthorizationId, ConsentId } from '../../../src/domain/ids';
import { createInstitutionClients } from '../../../src/institutions/clients';
import { tellLostGrant } from '../../../src/notifications/lost-grants';
import { openKeyBook } from '../../../src/signing/key-book';
import { openDatabase, type Database } from '../../../src/store/database';
import { findUsableGrant } from '../../../src/store/grants';
import { parseKeyRing } from '../../../src/store/key-ring';
import { createConsentEngine } from '../../../src/temporal/consent-engine';
import { createTemporalClient } from '../../../src/temporal/connection';
import { vaultWith } from '../../unit/support/vault';
import { silent } from './own-books';

/** What a worker of this stack works with, in the test's own hands: to read data with a grant as the product would. */
export interface Workbench {
  readonly database: Database;
  readonly deps: ActivityDependencies;
  /** The grant with which data may be read now. */
  usable(consentId: string): Promise<AuthorizationId | undefined>;
  tokensOf(authorizationId: string): Promise<StoredTokens>;
  /** Status of `GET /accounts` with these tokens, or with those that are stored. */
  readAccounts(authorizationId: string, tokens?: StoredTokens): Promise<number>;
  /** Somebody says that the grant in use may not be what it was: the workflow asks the bank. */
  report(consentId: string): Promise<void>;
  /** For who needs tokens outside of the workflow, as an API process does. */
  readonly reportLostGrant: (lost: LostGrant) => Promise<void>;
  /** An operator wants the bank to be told again, now. */
  retryEnding(consentId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkbench(stack: StackDescription): Promise<Workbench> {
  const { databaseUrl, productEnvironment } = stack;
  const database = openDatabase({ url: databaseUrl, maxConnections: 4, onConnectionLost: () => undefined });
  const vault = vaultWith(productEnvironment['VAULT_KEYS']);
  const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: silent() });
  const redirectUri = `${productEnvironment['PUBLIC_URL'] ?? ''}/callback`;
  const institutions = createInstitutionClients({ keys, redirectUri, proxyUrl: undefined, answerTimeoutMs: 10_000 });
  // The rest belongs to steps that no test takes by itself, and breaks when it is touched.
  const refreshes = createRefreshes({ maxConnections: 4 });
  const deps = {
    ...{ database, vault, institutions, refreshes },
    aggregator: { name: 'FDX Consent' },
    receiptSigner: () => keys.receiptSigner(),
  } as unknown as ActivityDependencies;
  const client = createTemporalClient({
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
    TEMPORAL_API_KEY: undefined,
    TEMPORAL_TLS: false,
    PAYLOAD_KEYS: parseKeyRing(productEnvironment['PAYLOAD_KEYS'] ?? ''),
  });
  const engine = createConsentEngine(client);
  const open = (id: string) => openAuthorization(deps, id as AuthorizationId);
  return {
    database,
    deps,
    usable: async (consentId) => (await findUsableGrant(database, consentId as ConsentId))?.authorization_id,
    tokensOf: async (id) => tokensOf(await open(id)),
    async readAccounts(id, tokens) {
      const authorization = await open(id);
      const url = `${authorization.row.profile.fdx.baseUrl}/accounts`;
      const request = { method: 'GET', headers: { accept: 'application/json' } };
      const response = tokens
        ? await authorization.client.fetchWithToken(tokens, new URL(url), request)
        : await (
            await grantFetch(authorization, 'user_token')
          )(new URL(url), request);
      await response.body?.cancel();
      return response.status;
    },
    async report(consentId) {
      const isHeard = await engine.reportBank(consentId as ConsentId, { source: 'reconcile' });
      if (!isHeard) throw new Error(`${consentId} has no workflow that could hear it`);
    },
    reportLostGrant: (lost) => tellLostGrant({ database, engine }, lost),
    async retryEnding(consentId) {
      await engine.retryEnding(consentId as ConsentId);
    },
    async close() {
      await client.connection.close();
      await refreshes.settled();
      institutions.close();
      keys.close();
      await database.destroy();
    },
  };
}
