import { loggablePath } from './control/endpoints';
import type { Exchange } from './exchange';

/** One line of JSON per request. No query, no body, no header: what a bank logs gets read by many. */
export function logWhenAnswered({ req, res, url }: Exchange): void {
  const startedAt = performance.now();
  res.once('close', () => {
    writeLog('request', {
      method: req.method,
      path: loggablePath(url.pathname),
      status: res.writableFinished ? res.statusCode : null,
      milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
    });
  });
}

export function writeLog(message: string, details: object = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...details })}\n`);
}

/** oidc-provider speaks through the console; its notices belong into the same stream, in the same form. */
export function routeConsoleToLog(): void {
  const relay = (...words: unknown[]): void => {
    writeLog('notice', { notice: words.map(String).join(' ') });
  };
  console.info = relay;
  console.warn = relay;
  console.error = relay;
}
