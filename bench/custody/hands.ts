import type { Stack } from '../../scripts/dev/stack';
import type { CustodyDependencies } from '../../src/custody/dependencies';
import { createRefreshes } from '../../src/custody/refreshes';
import { openAuthorization, tokensOf, type StoredTokens } from '../../src/custody/open-authorization';
import type { AuthorizationId } from '../../src/domain/ids';
import type { InstitutionProfile } from '../../src/domain/institution';
import { createInstitutionClients } from '../../src/institutions/clients';
import { createLog } from '../../src/log';
import { openKeyBook } from '../../src/signing/key-book';
import { openDatabase } from '../../src/store/database';
import { listInstitutions } from '../../src/store/institutions';
import { parseKeyRing } from '../../src/store/key-ring';
import { openVault } from '../../src/store/open-vault';
import { ringEncryption } from '../../src/store/ring-encryption';
import { createVault, type DataKey } from '../../src/store/vault';

/** What an API process of the stack works with, in the benchmark's own hands. */
export interface Hands {
  readonly deps: CustodyDependencies;
  tokensOf(id: AuthorizationId): Promise<StoredTokens>;
  profile(): Promise<InstitutionProfile>;
  /** Data keys of the same kind: one that opens without a word, and one whose openings are written down. */
  dataKeys(): Promise<{ readonly silent: DataKey; readonly writtenDown: DataKey }>;
  close(): Promise<void>;
}

/** As many as a process has by default. */
const CONNECTIONS = 20;

export async function openHands({ databaseUrl, productEnvironment }: Stack): Promise<Hands> {
  const database = openDatabase({ url: databaseUrl, maxConnections: CONNECTIONS, onConnectionLost: () => undefined });
  const ring = parseKeyRing(productEnvironment['VAULT_KEYS'] ?? '');
  const { vault, close } = openVault({ VAULT_KEYS: ring, DATABASE_URL: databaseUrl });
  const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: createLog('bench', 'silent') });
  const redirectUri = `${productEnvironment['PUBLIC_URL'] ?? ''}/callback`;
  const institutions = createInstitutionClients({ keys, redirectUri });
  const deps = { database, vault, institutions, refreshes: createRefreshes({ maxConnections: CONNECTIONS }) };
  return {
    deps,
    tokensOf: async (id) => tokensOf(await openAuthorization(deps, id)),
    async profile() {
      const institution = (await listInstitutions(database)).find(({ profile }) => profile.id === 'sandbox-bank');
      if (!institution) throw new Error('the sandbox bank is not among the institutions');
      return institution.profile;
    },
    async dataKeys() {
      const silent = await createVault(ringEncryption(ring), { write: () => Promise.resolve() }).createDataKey('bench');
      const writtenDown = await vault.createDataKey('bench');
      return { silent: silent.dataKey, writtenDown: writtenDown.dataKey };
    },
    async close() {
      institutions.close();
      keys.close();
      await Promise.all([close(), database.destroy()]);
    },
  };
}
