import type { Client } from '@temporalio/client';
import type { Database } from '../store/database';
import { createConsentEngine, type ConsentEngine } from '../temporal/consent-engine';
import { createTemporalClient } from '../temporal/connection';
import { withDatabase, type CommandResult, type Settings } from './command';

/** The running product, as commands reach it. */
export interface ProductHands {
  readonly database: Database;
  readonly engine: ConsentEngine;
  readonly client: Client;
}

/** For commands that speak with workflows, in our encryption. */
export function withProduct(
  settings: Settings,
  work: (hands: ProductHands) => Promise<CommandResult>,
): Promise<CommandResult> {
  const temporal = settings(
    ...(['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS', 'PAYLOAD_KEYS'] as const),
  );
  return withDatabase(settings, async (database) => {
    const client = createTemporalClient(temporal);
    try {
      return await work({ database, client, engine: createConsentEngine(client) });
    } finally {
      // A command ends when nothing holds it open.
      await client.connection.close();
    }
  });
}
