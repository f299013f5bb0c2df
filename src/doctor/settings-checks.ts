import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fail, ok, warn, type Check, type Finding } from './check';
import { daysUntil } from './instants';

/** Of package.json (`engines`); a test compares. */
export const LEAST_NODE = [20, 19] as const;
const CONNECT_WITHIN_MS = 4_000;

export const SETTINGS_CHECKS: readonly Check[] = [
  {
    name: 'settings',
    about: 'every setting of API and workers is there and valid',
    look: ({ settings }) => read(settings.all),
  },
  {
    name: 'node',
    about: 'the version of Node.js is one that is supported',
    look: () => judgeNode(process.versions.node),
  },
  {
    name: 'public-url',
    about: 'people and banks reach us by https, with a certificate that holds',
    look: ({ settings }) => lookAtTls(new URL(settings('PUBLIC_URL').PUBLIC_URL)),
  },
  {
    name: 'outbound-proxy',
    about: 'the proxy for requests to banks answers, where one is set',
    look: async ({ settings }) => {
      const { OUTBOUND_PROXY_URL: proxy } = settings('OUTBOUND_PROXY_URL');
      if (proxy === undefined) return ok('none is set');
      const { hostname, port, protocol } = new URL(proxy);
      const fault = await reach(hostname, Number(port || (protocol === 'https:' ? 443 : 80)));
      return fault === undefined
        ? ok(`${hostname} answers`)
        : fail(
            `${hostname} does not answer: ${fault}`,
            'Without it no bank is reached: mend OUTBOUND_PROXY_URL or the proxy.',
          );
    },
  },
  { name: 'disk', about: 'there is room where we run', look: lookAtDisk },
];

/** Every fault at once: whoever mends one should not have to start again for the next. */
function read(all: () => unknown): Finding {
  try {
    all();
    return ok('complete and valid');
  } catch (error) {
    const faults = (error instanceof Error ? error.message : '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    return fail(faults.join('; '), 'Set them as docs/configuration.md says.');
  }
}

export function judgeNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isEnough ? ok(`v${version}`) : fail(`v${version}`, `Run Node.js ${leastMajor}.${leastMinor} or later.`);
}

/** A certificate that ends sooner should have been renewed by whatever renews it. */
const RENEWED_BEFORE_DAYS = 14;

async function lookAtTls({ protocol, hostname, port, host }: URL): Promise<Finding> {
  // The configuration allows plain http for this machine only.
  if (protocol === 'http:') return ok(`http://${host}, which only this machine can use`);
  const seen = await certificateOf(hostname, Number(port || 443));
  if (typeof seen === 'string') {
    return fail(`${host}: ${seen}`, 'Banks and browsers refuse this address: mend its certificate, or PUBLIC_URL.');
  }
  const days = daysUntil(seen);
  if (days < RENEWED_BEFORE_DAYS) {
    return warn(`the certificate of ${host} ends in ${days} days`, 'Renew it, and look why it was not renewed.');
  }
  return ok(`https, the certificate of ${host} holds for ${days} days`);
}

/** Until when it holds, or what is wrong with it. */
function certificateOf(host: string, port: number): Promise<Date | string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host, port, servername: host, timeout: CONNECT_WITHIN_MS });
    const end = (result: Date | string): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('secureConnect', () => {
      end(new Date(socket.getPeerCertificate().valid_to));
    });
    socket.once('timeout', () => {
      end('no answer');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code ?? error.message);
    });
  });
}

/** @returns what was wrong; undefined when somebody answered */
export function reach(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_WITHIN_MS });
    const end = (result: string | undefined): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => {
      end(undefined);
    });
    socket.once('timeout', () => {
      end('no answer');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code ?? 'it refuses');
    });
  });
}

const LOW_SHARE = 0.05;

async function lookAtDisk(): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(process.cwd());
  const free = `${Math.round((bavail * bsize) / 1e9)} GB free in the working directory`;
  return blocks > 0 && bavail / blocks < LOW_SHARE ? warn(free, 'Make room: logs and core dumps need it.') : ok(free);
}
