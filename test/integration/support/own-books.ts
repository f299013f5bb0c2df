import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import pino from 'pino';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import type { HousekeepingDoors } from '../../../src/activities/sweep';
import type { ApplicationId } from '../../../src/domain/ids';
import type { RetentionPolicy } from '../../../src/domain/retention';
import { ensureSigningKeys } from '../../../src/signing/first-keys';
import { openKeyBook, type KeyBook } from '../../../src/signing/key-book';
import { createApiKey } from '../../../src/store/api-keys';
import { saveApplication } from '../../../src/store/applications';
import { migrateToLatest, openDatabase, type Database } from '../../../src/store/database';
import { saveInstitution } from '../../../src/store/institutions';
import type { Vault } from '../../../src/store/vault';
import { bankWith } from '../../unit/support/profile';
import { vaultWith } from '../../unit/support/vault';

export const RETENTION: RetentionPolicy = {
  personalDataRetentionDays: 30,
  evidenceRetentionDays: 1_096,
  eventRetentionDays: 30,
};
export const APPLICATION_ID = 'budget-bee' as ApplicationId;

/**
 * A database of its own beside the stack's, migrated and with one application and one bank: what sweeps whole tables must not
 * find the consents of other tests.
 */
export class OwnBooks {
  /** What broke, by the activities' own report. */
  readonly bugs: string[] = [];

  private constructor(
    readonly databaseUrl: string,
    private readonly serverUrl: string,
    readonly database: Database,
    /** In the form of VAULT_KEYS. */
    readonly vaultKeys: string,
    readonly vault: Vault,
    readonly keys: KeyBook,
    readonly applicationKey: string,
  ) {}

  static async open(stack: Pick<StackDescription, 'databaseUrl'>): Promise<OwnBooks> {
    const name = `books_${randomUUID().slice(0, 8)}`;
    await withClient(stack.databaseUrl, (client) => client.query(`CREATE DATABASE ${name}`));
    const databaseUrl = Object.assign(new URL(stack.databaseUrl), { pathname: `/${name}` }).href;
    const database = openDatabase({ url: databaseUrl, maxConnections: 8, onConnectionLost: () => undefined });
    await migrateToLatest(database);
    const vaultKeys = `test:${randomBytes(32).toString('base64url')}`;
    const vault = vaultWith(vaultKeys);
    await ensureSigningKeys(database, vault);
    const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: silent() });
    await saveApplication(database, { id: APPLICATION_ID, name: 'Budget Bee', returnUrls: [] });
    const owner = { role: 'application', applicationId: APPLICATION_ID } as const;
    const { apiKey } = await createApiKey(database, owner, 'test');
    await saveInstitution(database, bankWith());
    return new OwnBooks(databaseUrl, stack.databaseUrl, database, vaultKeys, vault, keys, apiKey);
  }

  async close(): Promise<void> {
    this.keys.close();
    await this.database.destroy();
    const name = new URL(this.databaseUrl).pathname.slice(1);
    await withClient(this.serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  }

  /** What activities need here; the rest of their dependencies belongs to trips to a bank, and breaks when it is touched. */
  dependencies(changes: Partial<ActivityDependencies> = {}): ActivityDependencies {
    const untouched = { database: this.database, vault: this.vault } as ActivityDependencies;
    return {
      ...untouched,
      receiptSigner: () => this.keys.receiptSigner(),
      aggregator: { name: 'FDX Consent' },
      retention: RETENTION,
      housekeeping: closedDoors(),
      report: (activity, name) => this.bugs.push(`${name} in ${activity}`),
      ...changes,
    };
  }

  /** Plain SQL, for what no function of the product should be able to do. */
  run(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return withClient(this.databaseUrl, async (client) => (await client.query(text, values)).rows as never);
  }
}

export function silent() {
  return pino({ level: 'silent' });
}

/** No Temporal: a sweep that asks fails. */
function closedDoors(): HousekeepingDoors {
  const closed = (): never => {
    throw new Error('no Temporal in this test');
  };
  return {
    census: { look: closed, listRunning: closed, terminate: closed },
    startAgain: closed,
    tell: () => undefined,
  };
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
