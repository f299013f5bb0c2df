import type { Tell } from '../setup/missing-part';

export interface StackOptions {
  /** Database, keys, certificates and logs; what is there from an earlier start is used again. */
  dataDir: string;
  ports: 'preferred' | 'random';
  onProgress?: Tell;
  /** Ends a start that is still under way. */
  signal?: AbortSignal;
  /** Processes not to start, for a test that brings its own. */
  without?: ('bank' | 'worker' | 'api')[];
  workers?: number;
  apis?: number;
  workerEnv?: Record<string, string>;
  apiEnv?: Record<string, string>;
  bankEnv?: Record<string, string>;
  /** The Temporal UI with decoded payloads; on unless told otherwise. */
  ui?: boolean;
  /** Without it workflows live in memory and end with the stack. */
  temporalDataFile?: string;
  /** Settings of Temporal's server by name, as JSON. */
  temporalConfig?: Record<string, string>;
  /** Start from empty databases. Never applied to a database that is not ours. */
  fresh?: boolean;
  /** Called with the URLs of both databases once they are there, before anything uses them. */
  onDatabases?: (urls: { product: string; bank: string }) => Promise<void>;
  /** A PostgreSQL of somebody else's in place of ours. */
  databaseUrl?: string;
}
