import http from 'node:http';
import https from 'node:https';

/** Answers whether the process can do its work. Throwing counts as "not yet". */
export type Probe = () => Promise<boolean>;

/** Ready when a GET answers 200. A self-made certificate is checked against its CA, never waved through. */
export function answersOk(url: string, ca?: string): Probe {
  return () =>
    new Promise((resolve) => {
      const client = url.startsWith('https:') ? https : http;
      // Two seconds: a healthy process on this machine answers in milliseconds, one that is still busy is asked again.
      const request = client.get(url, { ...(ca && { ca }), agent: false, timeout: 2_000 }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => {
        resolve(false);
      });
    });
}
