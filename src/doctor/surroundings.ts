import { Client, type Connection } from '@temporalio/client';
import type { Settings } from '../config';
import { openDatabase, type Database } from '../store/database';
import { temporalConnection } from '../temporal/connection';

/** What checks look at. Nothing connects before a check asks for it. */
export interface Surroundings {
  readonly settings: Settings;
  /** @throws {Error} when DATABASE_URL is not set, or no address */
  readonly database: () => Database;
  /** Without our encryption: what checks ask is in the clear. @throws {Error} when its settings have faults */
  readonly temporal: () => Temporal;
  readonly close: () => Promise<void>;
}

export interface Temporal {
  readonly client: Client;
  readonly connection: Connection;
}

/** Checks run side by side; each asks a handful of questions. */
const CONNECTIONS = 6;

export function surroundingsOf(settings: Settings): Surroundings {
  let database: Database | undefined;
  let temporal: Temporal | undefined;
  return {
    settings,
    database() {
      const { DATABASE_URL: url } = settings('DATABASE_URL');
      database ??= openDatabase({ url, maxConnections: CONNECTIONS, onConnectionLost: () => undefined });
      return database;
    },
    temporal() {
      const { TEMPORAL_NAMESPACE: namespace, ...address } = settings(
        'TEMPORAL_ADDRESS',
        'TEMPORAL_NAMESPACE',
        'TEMPORAL_API_KEY',
        'TEMPORAL_TLS',
      );
      temporal ??= temporalAt(temporalConnection(address), namespace);
      return temporal;
    },
    async close() {
      await Promise.allSettled([database?.destroy(), temporal?.connection.close()]);
    },
  };
}

function temporalAt(connection: Connection, namespace: string): Temporal {
  return { connection, client: new Client({ connection, namespace }) };
}
