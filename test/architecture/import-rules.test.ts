import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from './support/repository';

interface Violation {
  readonly from: string;
  readonly rule: string;
}

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

/** Runs dependency-cruiser as `npm run imports` does, in a tree of that shape. */
function cruise(directory: string): { readonly cruised: number; readonly violations: readonly Violation[] } {
  const program = path.join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'sandbox'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser printed no report: ${stderr}`);
  const { summary } = JSON.parse(stdout) as Report;
  const violations = summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
  return { cruised: summary.totalCruised, violations };
}

/** One file a rule, breaking it; and files that look alike and are allowed. */
const PLANTED: readonly { readonly file: string; readonly text: string; readonly breaks?: string }[] = [
  { file: 'src/domain/terms.ts', text: 'export const terms = 1;' },
  { file: 'src/domain/dice.ts', text: "import 'node:crypto';", breaks: 'domain-is-pure' },
  { file: 'src/domain/query.ts', text: "import 'pg';", breaks: 'domain-is-pure' },

  { file: 'src/activities/push.ts', text: 'export const push = () => 1; export type Push = typeof push;' },
  { file: 'src/workflows/contract.ts', text: 'export const TASK_QUEUE = "q";' },
  { file: 'src/workflows/type-only.ts', text: "import type { Push } from '../activities/push'; export type P = Push;" },
  {
    file: 'src/workflows/value.ts',
    text: "import { push } from '../activities/push'; push();",
    breaks: 'workflows-are-deterministic',
  },
  { file: 'src/workflows/parse.ts', text: "import 'zod';", breaks: 'workflows-are-deterministic' },
  { file: 'src/workflows/clock.ts', text: "import 'node:fs';", breaks: 'workflows-are-deterministic' },

  { file: 'src/fapi/client.ts', text: "import 'openid-client'; import 'node:tls'; import '../domain/terms';" },
  { file: 'src/store/row.ts', text: 'export const row = 1;' },
  { file: 'src/fapi/store.ts', text: "import '../store/row';", breaks: 'fapi-is-the-oauth-door' },
  { file: 'src/store/token.ts', text: "import 'openid-client';", breaks: 'openid-client-only-in-fapi' },
  { file: 'src/fdx/token.ts', text: "import 'oauth4webapi';", breaks: 'openid-client-only-in-fapi' },

  { file: 'src/workflows/consent.ts', text: 'export const consent = 1;' },
  { file: 'src/api/engine.ts', text: "import '../workflows/contract';" },
  { file: 'src/api/inside.ts', text: "import '../workflows/consent';", breaks: 'api-uses-the-contract' },
  { file: 'src/api/shortcut.ts', text: "import '../activities/push';", breaks: 'api-uses-the-contract' },
  { file: 'src/api/bank.ts', text: "import '../fapi/client';", breaks: 'api-uses-the-contract' },

  { file: 'src/evidence/canonical.ts', text: "import 'canonicalize'; export const canonical = 1;" },
  { file: 'src/evidence/verify/jws.ts', text: "import 'jose'; import 'node:crypto'; import '../canonical';" },
  { file: 'src/evidence/verify/fetch.ts', text: "import 'node:https';", breaks: 'evidence-verifies-alone' },
  { file: 'src/evidence/verify/look.ts', text: "import '../../store/row';", breaks: 'evidence-verifies-alone' },
  { file: 'src/evidence/export.ts', text: "import '../store/row'; import './verify/jws';" },

  { file: 'src/config.ts', text: 'export const port = 1; export type Config = typeof port;' },
  { file: 'src/server.ts', text: "import './config';" },
  { file: 'src/cli/main.ts', text: "import '../config';" },
  { file: 'src/cli/command.ts', text: "import type { Config } from '../config'; export type C = Config;" },
  { file: 'src/cli/keys.ts', text: "import '../config';", breaks: 'config-at-the-edge' },
  { file: 'src/key-service/main.ts', text: "import '../config'; import 'node:http';" },
  { file: 'src/key-service/book.ts', text: "import '../store/row';", breaks: 'key-service-stands-alone' },
  { file: 'src/fapi/transport.ts', text: 'export const transport = 1;' },
  { file: 'src/access/tokens.ts', text: "import 'jose'; import '../fapi/transport'; import '../domain/terms';" },
  { file: 'src/access/rows.ts', text: "import '../store/row';", breaks: 'access-knows-no-caller' },
  { file: 'src/custody/fresh.ts', text: "import '../workflows/consent';", breaks: 'custody-knows-no-caller' },
  { file: 'src/store/jwe.ts', text: 'export const decrypt = 1;' },
  { file: 'src/store/vault.ts', text: "import './jwe';" },
  { file: 'src/activities/peek.ts', text: "import '../store/jwe';", breaks: 'sealed-values-open-in-the-vault' },
  { file: 'src/store/kms-encryption.ts', text: "import '@aws-sdk/client-kms';" },
  { file: 'src/store/bucket.ts', text: "import '@aws-sdk/client-kms';", breaks: 'aws-only-for-its-keys' },
  { file: 'src/data-access/read.ts', text: "import '../store/row'; import '../custody/tokens'; import 'zod';" },
  { file: 'src/custody/tokens.ts', text: "import '../store/row';" },
  { file: 'src/data-access/tell.ts', text: "import '../workflows/contract';", breaks: 'data-access-knows-no-caller' },
  { file: 'src/documents/print.ts', text: "import '../store/row';", breaks: 'documents-know-no-caller' },
  { file: 'src/events/read.ts', text: "import '../store/row'; import 'zod';" },
  { file: 'src/events/send.ts', text: "import '../api/data';", breaks: 'events-know-no-caller' },
  { file: 'src/outbound/addresses.ts', text: "import 'node:dns'; import 'node:net'; export const addresses = 1;" },
  { file: 'src/outbound/bank.ts', text: "import '../domain/terms';", breaks: 'outbound-knows-no-caller' },
  {
    file: 'src/webhooks/send.ts',
    text: "import '../store/row'; import '../outbound/addresses'; import 'node:crypto';",
  },
  { file: 'src/webhooks/tell.ts', text: "import '../workflows/contract';", breaks: 'webhooks-know-no-caller' },
  {
    file: 'src/doctor/look.ts',
    text: "import '../store/row'; import type { Config } from '../config'; export type C = Config;",
  },
  { file: 'src/doctor/mend.ts', text: "import '../exports/file';", breaks: 'doctor-only-looks' },
  { file: 'src/exports/file.ts', text: "import '../store/row';" },
  { file: 'src/exports/tell.ts', text: "import '../api/data';", breaks: 'exports-know-no-caller' },
  { file: 'src/api/data.ts', text: "import '../data-access/read';" },
  { file: 'src/store/settings.ts', text: "import '../config';", breaks: 'config-at-the-edge' },

  { file: 'sandbox/bank.ts', text: 'export const bank = 1;' },
  { file: 'src/fdx/bank.ts', text: "import '../../sandbox/bank';", breaks: 'production-never-imports-sandbox' },

  { file: 'src/store/egg.ts', text: "import { hen } from './hen'; export const egg = () => hen;", breaks: 'no-cycles' },
  // A cycle is told once, from where it was entered.
  { file: 'src/store/hen.ts', text: "import { egg } from './egg'; export const hen = () => egg;" },
];

const PACKAGES = ['pg', 'zod', 'jose', 'canonicalize', 'openid-client', 'oauth4webapi', '@aws-sdk/client-kms'];

describe('import rules', () => {
  it('are kept by src and sandbox', () => {
    const { cruised, violations } = cruise(repositoryRoot);
    expect(violations).toEqual([]);
    // A rule cannot be broken in files that nobody looked at.
    expect(cruised).toBeGreaterThan(100);
  });

  describe('in a tree with planted violations', () => {
    let tree: string;

    beforeAll(() => {
      tree = mkdtempSync(path.join(tmpdir(), 'import-rules-'));
      for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json'])
        cpSync(path.join(repositoryRoot, name), path.join(tree, name));
      for (const name of PACKAGES) plant(`node_modules/${name}/index.js`, '');
      for (const name of PACKAGES)
        plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      plant('package.json', JSON.stringify({ dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '*'])) }));
      for (const { file, text } of PLANTED) plant(file, text);
    });

    afterAll(() => {
      rmSync(tree, { recursive: true, force: true });
    });

    function plant(file: string, text: string): void {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      writeFileSync(path.join(tree, file), text);
    }

    it('find every one of them and nothing else', () => {
      const expected = PLANTED.flatMap(({ file, breaks }) => (breaks === undefined ? [] : [`${breaks}: ${file}`]));
      const found = new Set(cruise(tree).violations.map(({ rule, from }) => `${rule}: ${from}`));
      expect([...found].sort()).toEqual(expected.sort());
    });

    it('have a planted violation for each rule', async () => {
      const config = (await import(path.join(repositoryRoot, '.dependency-cruiser.cjs'))) as {
        default: { forbidden: readonly { readonly name: string }[] };
      };
      const broken = new Set(PLANTED.map(({ breaks }) => breaks).filter(Boolean));
      expect([...broken].sort()).toEqual(config.default.forbidden.map(({ name }) => name).sort());
    });
  });
});
