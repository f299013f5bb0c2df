import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { readKeyServiceConfig } from '../config';
import { logCrashes, tellFailedStart } from '../crash-log';
import { createLog } from '../log';
import { openKeyFile } from './key-file';
import { createKeyServer } from './server';

/** Owner and group may ask for signatures; a worker under another account joins the group. */
const SOCKET_UMASK = 0o117;

/** The key service: a process that holds private keys, so that those who face the network need not. See docs/keys.md. */
async function main(): Promise<void> {
  const config = readKeyServiceConfig(process.env);
  const log = createLog('key-service', config.LOG_LEVEL);
  logCrashes(log);
  const keyFile = await openKeyFile(config.KEY_SERVICE_FILE, config.KEY_SERVICE_KEYS);
  const server = createKeyServer(keyFile, log);
  await listen(server, config.KEY_SERVICE_SOCKET);
  log.info({ keys: keyFile.keys.length }, 'key service is listening');

  const stop = () => {
    log.info('stopping');
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // A signature takes milliseconds; whoever is still connected is not signing.
    setTimeout(() => process.exit(0), 1_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function listen(server: Server, socket: string): Promise<void> {
  if (await answers(socket)) throw new Error('another key service listens at KEY_SERVICE_SOCKET');
  // What a killed one has left behind would keep us out.
  await rm(socket, { force: true });
  // Before the socket exists: changing its mode afterwards would leave a moment for others.
  process.umask(SOCKET_UMASK);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(socket);
    attempt.once('error', () => {
      resolve(false);
    });
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(true);
    });
  });
}

main().catch((error: unknown) => {
  tellFailedStart(error);
  process.exit(1);
});
