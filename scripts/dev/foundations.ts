import path from 'node:path';
import { tellNobody } from '../setup/missing-part';
import { findTemporalCli } from '../setup/temporal';
import { startTemporalServer, type TemporalServer } from '../setup/temporal-server';
import { BANK_DATABASE, PRODUCT_DATABASE, startDatabases, type Databases } from './databases';
import type { Parts } from './parts';
import type { Site } from './site';
import type { StackOptions } from './stack-options';

/** PostgreSQL with its two databases. */
export async function layDatabases(options: StackOptions, site: Site, parts: Parts): Promise<Databases> {
  const start = (): Promise<Databases> =>
    startDatabases({
      dataDir: site.dataDir,
      port: site.ports.postgres,
      runDirectory: site.runDirectory,
      logFile: path.join(site.logDirectory, 'postgres.log'),
      externalUrl: options.databaseUrl,
      fresh: options.fresh ?? false,
      tell: options.onProgress ?? tellNobody,
      signal: parts.signal,
    });
  const postgres = await parts.start(start, (started) => started.stop());
  await options.onDatabases?.({ product: postgres.url(PRODUCT_DATABASE), bank: postgres.url(BANK_DATABASE) });
  return postgres;
}

/** Temporal's own server, fetched first where the machine has none. */
export function layTemporal(options: StackOptions, site: Site, parts: Parts): Promise<TemporalServer> {
  const { ports, temporalUiUrl } = site;
  const start = async (): Promise<TemporalServer> => {
    const cli = await findTemporalCli({ tell: options.onProgress ?? tellNobody });
    return await startTemporalServer({
      cli: cli.path,
      port: ports.temporal,
      ...(temporalUiUrl && { uiPort: ports.temporalUi, codecEndpoint: `http://localhost:${ports.codecRelay}` }),
      ...(options.temporalDataFile && { dataFile: options.temporalDataFile }),
      ...(options.temporalConfig && { dynamicConfig: options.temporalConfig }),
      logFile: path.join(site.logDirectory, 'temporal.log'),
      runDirectory: site.runDirectory,
      signal: parts.signal,
    });
  };
  return parts.start(start, (server) => server.child.stop());
}
