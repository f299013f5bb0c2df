import { createServer, type Server } from 'node:http';
import type { PersonBrowser } from '../../sandbox/person';
import { BankProcess } from './support/bank-process';
import { CALLBACK, details, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
let browser: PersonBrowser;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  bank = await BankProcess.start({ clients: [client.metadata] });
  await client.connect(bank);
});
afterAll(() => bank.stop());
beforeEach(() => {
  browser = client.browser();
});
afterEach(() => browser.close());

const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };
const login = (username: string, password: string) =>
  browser.submit({ form: '#login', values: { username, password } }, { stopAt: CALLBACK });
const boxes = (name: string, state = '') => browser.page.querySelectorAll(`input[name=${name}]${state}`);

describe('signing in to share', () => {
  it('says who asks, and refuses a wrong password without losing the person', async () => {
    const { url } = await client.push(asking);
    await browser.open(url.href);
    expect(browser.text).toContain('Budget Buddy (budget-buddy) has sent you here');
    await login('alice', 'looking-glass');
    expect(browser.status).toBe(401);
    expect(browser.page.querySelector('[role=alert]')).not.toBeNull();
    expect(browser.page.querySelector('[name=username]')?.getAttribute('value')).toBe('alice');
    await login('alice', 'wonderland');
    expect(browser.text).toContain('Signed in as Alice Anderson');
  });

  it('preselects every cluster and no account, and says for how long', async () => {
    const { url } = await client.push(asking);
    await browser.open(url.href);
    await login('alice', 'wonderland');
    expect(boxes('cluster', '[checked]')).toHaveLength(4);
    expect(boxes('account')).toHaveLength(5);
    expect(boxes('account', '[checked]')).toHaveLength(0);
    expect(browser.text).toContain('(365 days)');
    expect(browser.text).toContain('last 60 days');
  });

  it('never takes silence for a choice of accounts', async () => {
    const { url } = await client.push(asking);
    await browser.open(url.href);
    await login('alice', 'wonderland');
    await browser.submit({ form: '#consent', button: 'Allow', checkboxes: { cluster: ['TRANSACTIONS'] } });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Choose at least one account');
    expect(boxes('cluster', '[checked]')).toHaveLength(1);
  });

  it("never shares an account that is not the person's, whatever the form says", async () => {
    const pending = await client.push(asking);
    await browser.open(pending.url.href);
    await login('bob', 'builder');
    const forged = new URLSearchParams({ decision: 'allow', cluster: 'TRANSACTIONS' });
    for (const [name, value] of [
      ['cluster', 'TAX'],
      ['account', 'acc-1001'],
      ['account', 'acc-2001'],
    ] as const) {
      forged.append(name, value);
    }
    await browser.open(await locationAfter('#consent', forged), { stopAt: CALLBACK });
    const tokens = await client.exchange(browser.currentUrl, pending);
    expect((await client.fdx(tokens.access_token, '/accounts/acc-1001')).status).toBe(404);
    const { body } = await client.fdx(tokens.access_token, `/consents/${tokens.fdxConsentId ?? ''}`);
    expect(body['resources']).toEqual([
      { resourceType: 'ACCOUNT', resourceId: 'acc-2001', dataClusters: ['TRANSACTIONS'] },
    ]);
  });

  it('remembers the person for the next consent, and lets another one take the seat', async () => {
    const first = await client.push(asking);
    await browser.open(first.url.href);
    await login('alice', 'wonderland');
    await browser.submit({ form: '#consent', checkboxes: { account: 'all' }, button: 'allow' }, { stopAt: CALLBACK });
    const second = await client.push(asking);
    await browser.open(second.url.href);
    expect(browser.text).toContain('Signed in as Alice Anderson');
    await browser.submit({ form: '#switch' });
    await login('bob', 'builder');
    await browser.submit({ form: '#consent', checkboxes: { account: 'all' }, button: 'allow' }, { stopAt: CALLBACK });
    const tokens = await client.exchange(browser.currentUrl, second);
    expect(tokens.claims()?.sub).toBe('cust-0002');
  });

  it('asks for the password again when the application wants a fresh sign-in, and then accepts another person', async () => {
    const first = await client.push(asking);
    await browser.open(first.url.href);
    await login('alice', 'wonderland');
    await browser.submit({ form: '#consent', checkboxes: { account: 'all' }, button: 'allow' }, { stopAt: CALLBACK });
    const second = await client.push({ ...asking, prompt: 'login consent' });
    await browser.open(second.url.href);
    expect(browser.text).toContain('Password');
    await login('bob', 'builder');
    await browser.submit({ form: '#consent', checkboxes: { account: 'all' }, button: 'allow' }, { stopAt: CALLBACK });
    const tokens = await client.exchange(browser.currentUrl, second);
    expect(tokens.claims()?.sub).toBe('cust-0002');
  });

  it('never continues a sign-in in another browser', async () => {
    const { url } = await client.push(asking);
    await browser.open(url.href);
    const elsewhere = client.browser();
    await elsewhere.open(browser.currentUrl);
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.text).toContain('session_not_found');
    await elsewhere.close();
  });

  it('never honours a request_uri twice (RFC 9126 §2.2)', async () => {
    const { url } = await client.push(asking);
    await browser.open(url.href);
    await login('alice', 'wonderland');
    await browser.submit({ form: '#consent', checkboxes: { account: 'all' }, button: 'allow' }, { stopAt: CALLBACK });
    expect(browser.currentUrl).toContain('code=');
    await browser.open(url.href);
    expect(browser.text).toContain('invalid_request_uri');
  });

  it('allows no script and no frame, and does not restrict where forms lead (Chromium would block the way back)', async () => {
    const { url } = await client.push(asking);
    const { headers } = await fetchPage(url.href);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('form-action');
  });

  /** Sends what no button of the page would send. */
  async function locationAfter(form: string, body: URLSearchParams): Promise<string> {
    const action = new URL(browser.page.querySelector(form)?.getAttribute('action') ?? '', browser.currentUrl);
    const headers = {
      cookie: await browser.cookies.getCookieString(action.href),
      'content-type': 'application/x-www-form-urlencoded',
    };
    const options = { method: 'POST', headers, body: body.toString(), redirect: 'manual' };
    const response = await client.fetch(action.href, options as never);
    return new URL(response.headers.get('location') ?? '', action).href;
  }

  async function fetchPage(url: string): Promise<Response> {
    await browser.open(url);
    const cookie = await browser.cookies.getCookieString(browser.currentUrl);
    return client.fetch(browser.currentUrl, { method: 'GET', headers: { cookie } } as never);
  }
});

describe("the bank's own pages", () => {
  it('lets a person stop sharing, and the application notices', async () => {
    const tokens = await client.obtain({ username: 'carol' });
    await browser.open(`${bank.issuer}/`);
    await browser.open(`${bank.issuer}/connections`);
    await login('carol', 'ledger');
    expect(browser.text).toContain('Budget Buddy (budget-buddy) Sharing');
    await browser.submit({ button: 'Stop sharing' });
    expect(browser.text).toContain('Stopped');
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(401);
    await browser.submit({ form: '#logout' });
    await browser.open(`${bank.issuer}/connections`);
    expect(browser.page.querySelector('#login')).not.toBeNull();
  });

  it("never stops somebody else's sharing", async () => {
    const tokens = await client.obtain({ username: 'alice' });
    await client.obtain({ username: 'dan' });
    await browser.open(`${bank.issuer}/connections`);
    await login('dan', 'archive');
    expect(browser.html).not.toContain(tokens.fdxConsentId);
    const cookie = await browser.cookies.getCookieString(browser.currentUrl);
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const forged = { method: 'POST', headers, body: `consent=${tokens.fdxConsentId}`, redirect: 'manual' };
    await client.fetch(`${bank.issuer}/connections/revoke`, forged as never);
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);
  });
});

describe('the scripted browser', () => {
  let site: Server;
  let origin: string;
  let seen: { method: string; cookie: string }[];

  beforeAll(async () => {
    site = createServer((req, res) => {
      seen.push({ method: req.method ?? '', cookie: req.headers.cookie ?? '' });
      if (req.url === '/start') {
        res.setHeader('set-cookie', ['__Host-app=1; Path=/; Secure; HttpOnly', '__Host-bad=1; Path=/start; Secure']);
        res.writeHead(303, { location: '/end' }).end();
      } else res.end('<form><input name="q" value="x"></form><form method="post"><button>Go</button></form>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(site.address() as { port: number }).port}`;
  });
  beforeEach(() => {
    seen = [];
  });
  afterAll(() => site.close());

  it('keeps __Host- cookies of http://localhost, as Chromium does, and drops those that break the prefix rules', async () => {
    await browser.open(`${origin}/start`);
    expect(seen.map(({ cookie }) => cookie)).toEqual(['', '__Host-app=1']);
    expect(browser.visited).toEqual([`${origin}/start`, `${origin}/end`]);
  });

  it('stops before a URL, without having asked for it', async () => {
    await browser.open(`${origin}/start`, { stopAt: `${origin}/end` });
    expect(browser.currentUrl).toBe(`${origin}/end`);
    expect(seen).toHaveLength(1);
  });

  it('sends forms by their method, and finds one by its button', async () => {
    await browser.open(`${origin}/end`);
    await browser.submit({ values: { q: 'hello' } });
    expect(browser.currentUrl).toBe(`${origin}/end?q=hello`);
    await browser.submit({ button: 'Go' });
    expect(seen.at(-1)?.method).toBe('POST');
    await expect(browser.submit({ button: 'No such button' })).rejects.toThrow(/No such button/);
  });
});
