import { performance } from 'node:perf_hooks';
import { BUDGET_REQUEST } from '../../scripts/dev/consent-api';
import type { Flow, Target } from './messages';
import { authorizeAtBank } from './person-at-bank';
import type { Site } from './site';
import { expectRedirect, Visit } from './visit';

export interface Sites {
  api: Site;
  bank: Site;
}

/** One consent from request to receipt, by the application and by the person. */
export async function runFlow(target: Target, { api, bank }: Sites, reference: string): Promise<Flow> {
  const watch = stopwatch();
  const headers = { authorization: `Bearer ${target.apiKey}`, 'content-type': 'application/json' };
  const person = new Visit(api);

  const body = JSON.stringify({ ...BUDGET_REQUEST, person: { reference }, returnUrl: target.returnUrl });
  const created = await api.ask('/v1/consents', { method: 'POST', headers, body });
  if (created.status !== 201) throw new Error(`create answered ${created.status} ${created.body.slice(0, 300)}`);
  const { id, launchUrl } = JSON.parse(created.body) as { id: string; launchUrl: string };
  const requestToLaunchUrl = watch();

  const page = await person.open(launchUrl);
  const launchPage = watch();

  const launched = await person.submit(launchUrl, hiddenFieldsOf(page.body));
  const authorizationUrl = expectRedirect(launched, 'launch', target.bankUrl);
  const launchToBankUrl = watch();

  const callback = await authorizeAtBank(
    new Visit(bank),
    target.bankUrl,
    authorizationUrl,
    `${target.apiUrl}/callback`,
  );
  const atBank = watch();

  expectRedirect(await person.open(callback), 'callback', target.returnUrl);
  const receipt = await api.ask(`/v1/consents/${id}/receipt`, { headers });
  if (receipt.status !== 200) throw new Error(`receipt answered ${receipt.status} ${receipt.body.slice(0, 300)}`);
  const callbackToReceipt = watch();
  return { consentId: id, times: { requestToLaunchUrl, launchPage, launchToBankUrl, atBank, callbackToReceipt } };
}

/** What a browser sends with a form without anybody having typed it. */
function hiddenFieldsOf(page: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields.append(name, value);
  }
  return fields;
}

/** Milliseconds since it was last looked at. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const lap = now - last;
    last = now;
    return lap;
  };
}
