import { Site } from '../../load/site';
import type { CallOrder, DataTarget } from './messages';

/** Calls our API with the application's key. */
export function connectThroughUs(order: CallOrder): (target: DataTarget) => Promise<void> {
  const site = new Site(order.apiUrl, { connections: order.concurrency });
  const headers = { authorization: `Bearer ${order.apiKey}` };
  return async ({ consentId, path }) => {
    const { status, body } = await site.ask(`/v1/consents/${consentId}${path}`, { headers });
    if (status !== 200) throw new Error(`the API answered ${status} ${body.slice(0, 300)}`);
    JSON.parse(body);
  };
}
