/** Who may import whom. Read top to bottom: inner rings first. */
const ring = (name, from, allowed, { types = 'checked' } = {}) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed], ...(types === 'free' && { dependencyTypesNot: ['type-only'] }) },
});
const pkg = (...names) => `^node_modules/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },

    // The heart: values, rules, codes. Runs in the workflow sandbox, the API and the browser alike.
    ring('domain-is-pure', '^src/domain/', []),

    // Replayed code. Activities arrive only as `import type`: the Temporal bundler does NOT reject a
    // value import of an activity whose dependencies happen to be free of Node built-ins.
    ring(
      'workflows-are-deterministic',
      '^src/workflows/',
      ['^src/domain/', pkg('@temporalio/workflow', '@temporalio/common')],
      { types: 'free' },
    ),

    // Where requests may go, whoever makes them.
    ring('outbound-knows-no-caller', '^src/outbound/', [pkg('ipaddr.js'), '^(node:)?(dns|net)$']),

    // One door per protocol. Secrets and library errors do not leave these rooms unwrapped.
    // undici, tls and fs carry the requests: a certificate authority for each institution, bounds, connection reuse.
    ring('fapi-is-the-oauth-door', '^src/fapi/', [
      '^src/(domain|outbound)/',
      pkg('openid-client', 'jose', 'undici'),
      '^(node:)?(crypto|dns|fs|net|tls)$',
    ]),
    {
      name: 'openid-client-only-in-fapi',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/fapi/' },
      to: { path: pkg('openid-client', 'oauth4webapi') },
    },

    // Whatever opens a sealed value writes it down first: there is no way to it but the vault.
    {
      name: 'sealed-values-open-in-the-vault',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/(vault|joint-seal|(key|ring|kms)-encryption)\\.ts$' },
      to: { path: '^src/store/jwe\\.ts$' },
    },
    {
      name: 'aws-only-for-its-keys',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/kms-encryption\\.ts$' },
      to: { path: pkg('@aws-sdk/client-kms') },
    },

    // Holds private keys: the less it is made of, the less can be wrong with it. No database, no network of banks.
    ring('key-service-stands-alone', '^src/key-service/', [
      '^src/domain/',
      '^src/(config|crash-log|log|redaction|stack-frames)\\.ts$',
      '^src/store/(vault|key-ring|ring-encryption|opening-log)\\.ts$',
      '^src/fapi/client-keys\\.ts$',
      pkg('jose', 'zod'),
      '^(node:)?(crypto|fs|fs/promises|http|net|path)$',
    ]),

    // Who else may say which application asks: a token and the keys of its issuer, and no rows of ours.
    ring('access-knows-no-caller', '^src/access/', [
      '^src/domain/',
      '^src/fapi/(transport|tls-identity)\\.ts$',
      '^src/outbound/loopback\\.ts$',
      pkg('jose', 'zod'),
    ]),

    // What the bank gave, in use: by steps of workflows and by requests for data alike.
    ring('custody-knows-no-caller', '^src/custody/', [
      '^src/(domain|fapi|fdx|store|institutions)/',
      '^(node:)?(timers/promises)$',
    ]),

    // Data are read and passed on: whoever asks, and whoever is told of a bank that refuses, comes from outside.
    ring('data-access-knows-no-caller', '^src/data-access/', [
      '^src/(domain|custody|fapi|fdx|store|institutions)/',
      pkg('zod'),
      '^(node:)?(timers/promises)$',
    ]),

    // What applications are told: rows become signed requests. HTTP, workers and the command line come from outside.
    ring('webhooks-know-no-caller', '^src/webhooks/', [
      '^src/(domain|events|outbound|store)/',
      '^src/(log|metrics|stack-frames)\\.ts$',
      pkg('standardwebhooks', 'undici', 'zod'),
      '^(node:)?(crypto|timers/promises)$',
    ]),

    // A document is printed from what it says alone, so that a copy is the same.
    ring('documents-know-no-caller', '^src/documents/', ['^src/domain/', pkg('pdfkit', 'dejavu-fonts-ttf')]),
    // What applications are told, for whoever tells them: HTTP, webhooks, the command line.
    ring('events-know-no-caller', '^src/events/', ['^src/(domain|store)/', pkg('zod')]),
    // Files of what is stored, for whoever may have them: HTTP and the command line decide who does.
    ring('exports-know-no-caller', '^src/exports/', ['^src/(domain|store)/', pkg('csv-stringify')]),
    // Looks at everything and touches nothing: how it is asked, and what is done about it, is for others.
    ring('doctor-only-looks', '^src/doctor/', [
      '^src/(access|domain|evidence|institutions|notifications|store|temporal)/',
      '^src/workflows/contract\\.ts$',
      '^src/(config|redaction)\\.ts$',
      pkg('@temporalio/client', '@temporalio/proto', 'undici'),
      '^(node:)?(crypto|fs|fs/promises|net|timers/promises|tls)$',
    ]),
    // Whoever does not trust us runs this: it looks at a file, and reaches for nothing else.
    ring('evidence-verifies-alone', '^src/evidence/(verify/|(canonical|merkle)\\.ts$)', [
      pkg('jose', 'canonicalize', 'zod'),
      '^(node:)?crypto$',
    ]),

    // HTTP speaks to workflows through their contract, never to activities or protocol clients.
    {
      name: 'api-uses-the-contract',
      severity: 'error',
      from: { path: '^src/api/' },
      to: {
        path: ['^src/(activities|fapi|fdx)/', '^src/workflows/(?!(registration-)?contract)'],
        dependencyTypesNot: ['type-only'],
      },
    },

    // Only composition roots read configuration; a command that speaks with Temporal is one.
    {
      name: 'config-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(worker|server|cli/main|key-service/main)\\.ts$' },
      to: { path: '^src/config\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'production-never-imports-sandbox',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // see `import type` at all
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
};
