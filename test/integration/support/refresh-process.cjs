'use strict';
/**
 * A process of its own that needs the tokens of one grant many times at once, as an API process does: it prints how each came out.
 * Run with the stack's environment: `node refresh-process.cjs <root of the compiled product> <authorization> <times> [<point>]`.
 * With a point it kills itself there, as kill -9 does: nothing is finished, nothing is tidied up.
 */
const path = require('node:path');
const { Client } = require('pg');

const [dist, authorizationId, times, point] = process.argv.slice(2);
const compiled = (file) => require(path.join(dist, 'src', file));
const { freshTokens } = compiled('custody/fresh-tokens.js');
const { createRefreshes } = compiled('custody/refreshes.js');
const { createInstitutionClients } = compiled('institutions/clients.js');
const { openKeyBook } = compiled('signing/key-book.js');
const { openDatabase } = compiled('store/database.js');
const { parseKeyRing } = compiled('store/key-ring.js');
const { ringEncryption } = compiled('store/ring-encryption.js');
const { createVault } = compiled('store/vault.js');
const { createLog } = compiled('log.js');

function dieAt(here) {
  if (here !== point) return;
  process.kill(process.pid, 'SIGKILL');
  // Should the signal take a moment, nothing happens in it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function mortal(client) {
  return {
    ...client,
    async refreshTokens(refreshToken, binding, custody) {
      dieAt('before the request');
      const tokens = await client.refreshTokens(refreshToken, binding, {
        ...custody,
        async store(rawResponse) {
          dieAt('answered');
          await custody.store(rawResponse);
          dieAt('in custody');
        },
      });
      dieAt('judged');
      return tokens;
    },
  };
}

/** The first statement after the tokens are stored gives the lock back. */
function dieBeforeUnlocking() {
  const query = Client.prototype.query;
  Client.prototype.query = function (statement, ...more) {
    const text = typeof statement === 'string' ? statement : statement?.text;
    if (text?.includes('pg_advisory_unlock')) dieAt('stored');
    return query.call(this, statement, ...more);
  };
}

async function main() {
  dieBeforeUnlocking();
  const database = openDatabase({
    url: process.env.DATABASE_URL,
    maxConnections: 8,
    onConnectionLost: () => undefined,
  });
  const vault = createVault(ringEncryption(parseKeyRing(process.env.VAULT_KEYS)), { write: () => Promise.resolve() });
  const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: createLog('test', 'silent') });
  const redirectUri = `${process.env.PUBLIC_URL}/callback`;
  const clients = createInstitutionClients({ keys, redirectUri, answerTimeoutMs: 10_000 });
  const institutions = { ...clients, for: (profile, revision) => mortal(clients.for(profile, revision)) };
  const refreshes = createRefreshes({ maxConnections: 8 });
  // All processes begin together: when they are told.
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const attempts = Array.from({ length: Number(times) }, () =>
    freshTokens({ database, vault, institutions, refreshes }, authorizationId).then(
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
