import path from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import { repositoryRoot } from './support/repository';

/** Read at the start of every worker and again for every workflow context: most of it is the SDK's own. */
const MAX_BUNDLE_KILOBYTES = 800;

/** Nothing else has a place in replayed code. `long`, `ms` and `nexus-rpc` come with the SDK. */
const PACKAGES = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];

const NEVER = ['openid-client', 'oauth4webapi', 'jose', 'zod', 'pg', 'kysely', 'undici', 'express', 'pino'];

const silent = (): undefined => undefined;
const logger: Logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };

describe('the workflow bundle', () => {
  let code: string;
  let sources: readonly string[];

  beforeAll(async () => {
    const bundle = await bundleWorkflowCode({
      workflowsPath: path.join(repositoryRoot, 'src/workflows/index.ts'),
      failureConverterPath: path.join(repositoryRoot, 'src/temporal/failure-converter.ts'),
      logger,
    });
    const marker = bundle.code.lastIndexOf('//# sourceMappingURL=');
    code = bundle.code.slice(0, marker);
    const map = Buffer.from(bundle.code.slice(marker).split('base64,')[1] ?? '', 'base64').toString('utf8');
    sources = (JSON.parse(map) as { readonly sources: readonly string[] }).sources;
  });

  it(`is smaller than ${MAX_BUNDLE_KILOBYTES} kB without its source map`, () => {
    expect(Buffer.byteLength(code) / 1024).toBeLessThan(MAX_BUNDLE_KILOBYTES);
  });

  it('holds the SDK and no other package', () => {
    expect([...new Set(sources.flatMap(packageOf))].sort()).toEqual(PACKAGES);
  });

  it.each(NEVER)('never holds %s', (name) => {
    expect(sources.filter((source) => source.includes(`node_modules/${name}/`))).toEqual([]);
  });

  it('holds of our own code only workflows, domain and the failure converter', () => {
    const ours = sources
      .filter((source) => packageOf(source).length === 0)
      .flatMap((source) => /\/(src\/.*\.ts)$/.exec(source)?.[1] ?? []);
    const strangers = ours.filter((file) => !/^src\/(workflows|domain)\/|^src\/temporal\/failure-converter/.test(file));
    expect(ours).toContain('src/workflows/consent.ts');
    expect(strangers).toEqual([]);
  });
});

function packageOf(source: string): readonly string[] {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
  return name === undefined ? [] : [name];
}
