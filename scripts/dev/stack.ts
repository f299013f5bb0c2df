import type { SupervisedChild } from '../setup/child-process';
import { tellNobody } from '../setup/missing-part';
import { BANK_DATABASE, PRODUCT_DATABASE } from './databases';
import { layDatabases, layTemporal } from './foundations';
import { Parts } from './parts';
import { startBank } from './processes';
import { startProduct, type Product } from './product';
import { prepareSite, type Site } from './site';
import type { StackDescription } from './stack-description';
import type { StackOptions } from './stack-options';
import { Stopwatch } from './stopwatch';

export type { StackOptions } from './stack-options';

export interface Stack extends StackDescription {
  /** By name: postgres, temporal, bank, worker, worker-2, api, api-2. */
  children: Partial<Record<string, SupervisedChild>>;
  /** How long the start took in milliseconds, by part. */
  startedInMs: Record<string, number>;
  /** The plain data of this stack, to hand to another process. */
  describe(): StackDescription;
  stop(): Promise<void>;
}

/** Starts everything that a consent needs on this machine, in parallel where nothing forbids it. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const parts = new Parts();
  const giveUp = (): void => {
    // The start itself rejects below and waits for the same stop; a stop that fails is reported there.
    parts.stopAll(options.signal?.reason).catch(() => undefined);
  };
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    options.signal?.throwIfAborted();
    return await startParts(options, parts);
  } catch (error) {
    await parts.stopAll(error);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

async function startParts(options: StackOptions, parts: Parts): Promise<Stack> {
  const stopwatch = new Stopwatch(options.onProgress ?? tellNobody);
  const site = await prepareSite(options);
  const databases = stopwatch.measure('PostgreSQL', () => layDatabases(options, site, parts));
  const temporal = stopwatch.measure('Temporal', () => layTemporal(options, site, parts));
  const bank = databases.then((postgres) =>
    options.without?.includes('bank')
      ? undefined
      : stopwatch.measure('sandbox bank', () => startBank(site, parts, postgres.url(BANK_DATABASE), options.bankEnv)),
  );
  const product = startProduct({ options, site, parts, stopwatch, databases, temporal });
  const [postgres, server, bankProcess, ours] = await Promise.all([databases, temporal, bank, product]);
  stopwatch.total();

  const everyChild = [postgres.child, server.child, bankProcess, ...ours.children];
  const description = describe(site, ours, {
    product: postgres.url(PRODUCT_DATABASE),
    bank: postgres.url(BANK_DATABASE),
  });
  return {
    ...description,
    children: Object.fromEntries(everyChild.filter((child) => child !== undefined).map((child) => [child.name, child])),
    startedInMs: stopwatch.elapsedMs,
    describe: () => description,
    stop: () => parts.stopAll(),
  };
}

function describe(site: Site, product: Product, databaseUrls: { product: string; bank: string }): StackDescription {
  const { ports, certificates } = site;
  const { application, operator } = product.registrations;
  return {
    urls: {
      api: site.publicUrl,
      apis: ports.apis.map((port) => `http://localhost:${port}`),
      bank: site.bankUrl,
      bankMtls: site.bankMtlsUrl,
      bankControl: `http://localhost:${ports.bankControl}`,
      ...(site.temporalUiUrl && { temporalUi: site.temporalUiUrl }),
      workers: ports.workers.map((port) => `http://localhost:${port}`),
    },
    temporalAddress: site.temporalAddress,
    temporalNamespace: product.environment['TEMPORAL_NAMESPACE'] ?? 'default',
    databaseUrl: databaseUrls.product,
    bankDatabaseUrl: databaseUrls.bank,
    applicationId: application.id,
    applicationKey: application.apiKey,
    operatorKey: operator.apiKey,
    caFile: certificates.caFile,
    caPem: certificates.caPem,
    logDirectory: site.logDirectory,
    productEnvironment: product.environment,
  };
}
