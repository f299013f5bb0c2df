import type { SupervisedChild } from '../setup/child-process';
import type { TemporalServer } from '../setup/temporal-server';
import { startCodecRelay } from './codec-relay';
import type { Databases } from './databases';
import type { Parts } from './parts';
import { startApis, startWorkers } from './processes';
import { ownersEnvironment, productEnvironment } from './product-environment';
import { productCommand, validRegistrations, type Registrations } from './registration';
import type { Site } from './site';
import type { StackOptions } from './stack-options';
import type { Stopwatch } from './stopwatch';

export interface Product {
  environment: Record<string, string>;
  registrations: Registrations;
  children: SupervisedChild[];
}

export interface ProductGround {
  options: StackOptions;
  site: Site;
  parts: Parts;
  stopwatch: Stopwatch;
  databases: Promise<Databases>;
  temporal: Promise<TemporalServer>;
}

/** fdx-consent itself: migrated, with an application and an operator who have keys, served and worked. */
export async function startProduct(ground: ProductGround): Promise<Product> {
  const { options, site, parts, stopwatch } = ground;
  const without = new Set(options.without);
  const databases = await ground.databases;
  const environment = productEnvironment(site, databases);
  const operator: { key?: string } = {};
  if (site.temporalUiUrl) await startRelay(site, parts, () => operator.key);

  await stopwatch.measure('migrations', () => productCommand(['migrate'], ownersEnvironment(environment, databases)));
  await ground.temporal;
  const apis = without.has('api')
    ? []
    : stopwatch.measure('API', () => startApis(site, parts, environment, options.apiEnv));
  const workers = without.has('worker')
    ? []
    : stopwatch.measure('worker', () => startWorkers(site, parts, environment, options.workerEnv));
  const place = { dataDir: site.dataDir, publicUrl: site.publicUrl, environment };
  const [startedApis, startedWorkers, registrations] = await Promise.all([
    apis,
    workers,
    validRegistrations(place, apis),
  ]);
  operator.key = registrations.operator.apiKey;
  return { environment, registrations, children: [...startedApis, ...startedWorkers] };
}

async function startRelay(site: Site, parts: Parts, operatorKey: () => string | undefined): Promise<void> {
  const { ports, temporalUiUrl = '', publicUrl } = site;
  const options = { port: ports.codecRelay, uiOrigin: temporalUiUrl, apiUrl: publicUrl, operatorKey };
  await parts.start(
    () => startCodecRelay(options),
    (relay) => relay.stop(),
  );
}
