'use strict';
/**
 * A process of its own that needs the tokens of one grant many times at once, as a worker does: it prints how each came out.
 * Run with the stack's environment: `node refresh-process.cjs <root of the compiled product> <authorization> <times>`.
 */
const path = require('node:path');

const [dist, authorizationId, times] = process.argv.slice(2);
const compiled = (file) => require(path.join(dist, 'src', file));
const { freshTokens } = compiled('activities/fresh-tokens.js');
const { createInstitutionClients } = compiled('institutions/clients.js');
const { openKeyBook } = compiled('signing/key-book.js');
const { openDatabase } = compiled('store/database.js');
const { parseKeyRing } = compiled('store/key-ring.js');
const { createVault } = compiled('store/vault.js');
const { createLog } = compiled('log.js');

async function main() {
  const database = openDatabase({
    url: process.env.DATABASE_URL,
    maxConnections: 8,
    onConnectionLost: () => undefined,
  });
  const vault = createVault(parseKeyRing(process.env.VAULT_KEYS));
  const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: createLog('test', 'silent') });
  const redirectUri = `${process.env.PUBLIC_URL}/callback`;
  const institutions = createInstitutionClients({ keys, redirectUri, answerTimeoutMs: 10_000 });
  // All processes begin together: when they are told.
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const attempts = Array.from({ length: Number(times) }, () =>
    freshTokens({ database, vault, institutions }, authorizationId).then(
      () => 'fresh',
      (error) => error.code ?? String(error),
    ),
  );
  process.stdout.write(`${JSON.stringify(await Promise.all(attempts))}\n`);
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
