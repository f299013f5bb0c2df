'use strict';
/**
 * A worker process of which only the webhooks are running, for tests that kill it: `node webhook-process.cjs <root of the compiled
 * product> <timeout in seconds>`, with DATABASE_URL and VAULT_KEYS.
 */
const path = require('node:path');

const [dist, timeout] = process.argv.slice(2);
const compiled = (file) => require(path.join(dist, 'src', file));
const { openDatabase } = compiled('store/database.js');
const { parseKeyRing } = compiled('store/key-ring.js');
const { ringEncryption } = compiled('store/ring-encryption.js');
const { createVault } = compiled('store/vault.js');
const { createSecretBook } = compiled('store/webhook-secrets.js');
const { dispatchRegularly, ENDPOINT_BOUNDS } = compiled('webhooks/dispatcher.js');
const { createWebhookSender } = compiled('webhooks/sender.js');

const timeoutSeconds = Number(timeout);
const database = openDatabase({ url: process.env.DATABASE_URL, maxConnections: 4, onConnectionLost: () => undefined });
const vault = createVault(ringEncryption(parseKeyRing(process.env.VAULT_KEYS)), { write: () => Promise.resolve() });
const dispatcher = dispatchRegularly({
  database,
  secrets: createSecretBook({ database, vault }),
  sender: createWebhookSender({ timeoutSeconds, allowPrivateAddresses: true }),
  clock: { aheadSeconds: () => 0 },
  bounds: ENDPOINT_BOUNDS,
  timeoutSeconds,
  disableAfterDays: 5,
  logDays: 30,
  report: (event) => process.stdout.write(`${event.kind}\n`),
});
// As a worker: it stops when it is told to, and nothing else ends it.
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  void dispatcher
    .stop(10_000)
    .then(() => database.destroy())
    .then(() => clearInterval(alive));
});
