import { BankProcess } from './support/bank-process';
import { details, FapiClient } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
let token: string;
let consentId: string;

const EVERYTHING = {
  durationType: 'PERSISTENT',
  resources: [
    {
      resourceType: 'ACCOUNT',
      dataClusters: ['ACCOUNT_DETAILED', 'INVESTMENTS', 'PAYMENT_SUPPORT', 'STATEMENTS', 'TRANSACTIONS'],
    },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT', 'CUSTOMER_PERSONAL'] },
  ],
};

const asking = (consentRequest: object): Record<string, string> => ({
  scope: 'openid offline_access',
  authorization_details: details(consentRequest),
});

const isoDay = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  bank = await BankProcess.start({ clients: [client.metadata], env: { SANDBOX_BANK_NAME: 'First Testing Bank' } });
  await client.connect(bank);
  const tokens = await client.obtain({}, asking(EVERYTHING));
  token = tokens.access_token;
  consentId = tokens.fdxConsentId;
});

afterAll(() => bank.stop());

const get = (target: string, headers: Record<string, string> = {}) => client.fdx(token, target, { headers });
const codes = async (target: string): Promise<unknown[]> => {
  const { status, body } = await get(target);
  return [status, body['code']];
};

describe('consents', () => {
  it('reads as an FDX ConsentGrant, alike with either kind of token', async () => {
    const byPerson = await get(`/consents/${consentId}`);
    const byApplication = await client.fdx(await client.clientCredentials(), `/consents/${consentId}`);
    expect(byApplication.body).toEqual(byPerson.body);
    expect(byPerson.body).toMatchObject({
      id: consentId,
      status: 'ACTIVE',
      durationType: 'PERSISTENT',
      parties: [
        { name: 'Budget Buddy (budget-buddy)', type: 'DATA_ACCESS_PLATFORM' },
        { name: 'First Testing Bank', type: 'DATA_PROVIDER' },
      ],
      links: [expect.objectContaining({ rel: 'self' }), expect.objectContaining({ rel: 'revocation' })],
    });
    expect(byPerson.body).not.toHaveProperty('expirationTime');
  });

  it('expires when the person was told it would', async () => {
    const tokens = await client.obtain({}, asking({ ...EVERYTHING, durationType: 'TIME_BOUND', durationPeriod: 30 }));
    const { body } = await client.fdx(tokens.access_token, `/consents/${tokens.fdxConsentId}`);
    const life = Date.parse(String(body['expirationTime'])) - Date.parse(String(body['createdTime']));
    expect(life).toBe(30 * 86_400_000);
  });

  it('needs the scope for the deed', async () => {
    const reader = await client.clientCredentials('fdx:consents:read');
    const body = { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' };
    const refused = await client.fdx(reader, `/consents/${consentId}/revocation`, { method: 'PUT', body });
    expect([refused.status, refused.body['code']]).toEqual([403, '602']);
  });

  it('refuses a revocation without a reason FDX knows', async () => {
    const body = { reason: 'MOOD', initiator: 'INDIVIDUAL' };
    const refused = await client.fdx(token, `/consents/${consentId}/revocation`, { method: 'PUT', body });
    expect([refused.status, refused.body['code']]).toEqual([400, '401']);
    expect((await get(`/consents/${consentId}/revocation`)).body).toEqual({ revocations: [] });
  });

  it("never reads another consent with a person's token", async () => {
    const { fdxConsentId } = await client.obtain();
    expect(await codes(`/consents/${fdxConsentId}`)).toEqual([404, '404']);
  });

  it('gives client credentials no cluster scope and no account', async () => {
    await expect(client.clientCredentials('fdx:transactions:read')).rejects.toHaveProperty('error', 'invalid_scope');
    const { status } = await client.fdx(await client.clientCredentials(), '/accounts');
    expect(status).toBe(403);
  });
});

describe('accounts', () => {
  it('lists descriptors, and details where asked', async () => {
    const light = (await get('/accounts')).body['accounts'] as Record<string, unknown>[];
    const full = (await get('/accounts?resultType=details')).body['accounts'] as Record<string, unknown>[];
    expect(light[0]).not.toHaveProperty('currentBalance');
    expect(full.map((account) => account['accountCategory'])).toEqual([
      'DEPOSIT_ACCOUNT',
      'DEPOSIT_ACCOUNT',
      'LOC_ACCOUNT',
      'LOAN_ACCOUNT',
      'INVESTMENT_ACCOUNT',
    ]);
    expect(full[0]).toMatchObject({ currentBalance: 4812.37, accountNumberDisplay: '****3001' });
    expect(full[4]).toHaveProperty('holdings');
    expect(await codes('/accounts?resultType=everything')).toEqual([400, '401']);
  });

  it('pages with a key that leads on until all are seen', async () => {
    const seen: unknown[] = [];
    let target = '/accounts?limit=2';
    for (let pages = 0; target !== ''; pages += 1) {
      const { body } = await get(target);
      seen.push(...(body['accounts'] as unknown[]));
      const { nextPageKey } = body['page'] as { nextPageKey?: string };
      target = nextPageKey === undefined ? '' : `/accounts?limit=2&pageKey=${nextPageKey}`;
      expect(pages).toBeLessThan(3);
    }
    expect(seen).toHaveLength(5);
    expect(await codes('/accounts?pageKey=nonsense')).toEqual([400, '401']);
  });

  it('shows only what the cluster covers', async () => {
    const request = {
      durationType: 'ONE_TIME',
      resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_BASIC'] }],
    };
    const basic = await client.obtain({}, asking(request));
    const { body } = await client.fdx(basic.access_token, '/accounts/acc-1001');
    expect(body).toHaveProperty('nickname', 'Everyday Checking');
    expect(body).not.toHaveProperty('currentBalance');
    expect((await client.fdx(basic.access_token, '/customers/current')).status).toBe(403);
  });

  it('gives account numbers, contact and customer to those who may see them', async () => {
    const { body: networks } = await get('/accounts/acc-1001/payment-networks');
    expect(networks['paymentNetworks']).toContainEqual(
      expect.objectContaining({ type: 'US_ACH', identifier: '100020003001', bankId: '122199983' }),
    );
    expect(await codes('/accounts/acc-1004/payment-networks')).toEqual([404, '1107']);
    expect((await get('/accounts/acc-1001/contact')).body).toHaveProperty('emails', ['alice.anderson@example.com']);
    const { body: customer } = await get('/customers/current');
    expect(customer).toMatchObject({ customerId: 'cust-0001', dateOfBirth: '1986-03-14' });
    expect(customer).not.toHaveProperty('socialSecurityNumber');
  });

  it('answers 501/1106 to what it can not do', async () => {
    expect(await codes('/accounts/acc-1001/horoscope')).toEqual([501, '1106']);
  });
});

describe('history', () => {
  interface Entry {
    transactionId: string;
    postedTimestamp: string;
  }

  it('keeps a year, newest first, the same every time', async () => {
    const read = async () => (await get('/accounts/acc-1001/transactions?limit=1000')).body['transactions'] as Entry[];
    const transactions = await read();
    expect(transactions.length).toBeGreaterThan(150);
    const times = transactions.map((each) => each.postedTimestamp);
    expect(times).toEqual([...times].sort().reverse());
    expect(await read()).toEqual(transactions);
  });

  it('wants both dates or neither, as dates, in order', async () => {
    expect(await codes('/accounts/acc-1001/transactions?startTime=2026-01-01')).toEqual([400, '702']);
    expect(await codes('/accounts/acc-1001/transactions?startTime=soon&endTime=later')).toEqual([400, '702']);
    const backwards = `startTime=${isoDay(1)}&endTime=${isoDay(9)}`;
    expect(await codes(`/accounts/acc-1001/transactions?${backwards}`)).toEqual([400, '703']);
  });

  it('never shows what lies before the lookback', async () => {
    const tokens = await client.obtain({}, asking({ ...EVERYTHING, lookbackPeriod: 10 }));
    const target = `/accounts/acc-1001/transactions?limit=1000&startTime=${isoDay(300)}&endTime=${isoDay(0)}`;
    const { body } = await client.fdx(tokens.access_token, target);
    const oldest = (body['transactions'] as Entry[]).at(-1)?.postedTimestamp ?? '';
    expect(oldest >= isoDay(10)).toBe(true);
    const statements = (await client.fdx(tokens.access_token, '/accounts/acc-1001/statements')).body['statements'];
    expect((statements as unknown[]).length).toBeLessThan(2);
  });

  it('gives statements as PDF', async () => {
    const { body } = await get('/accounts/acc-1003/statements');
    const statements = body['statements'] as { statementId: string }[];
    expect(statements).toHaveLength(12);
    const target = `/accounts/acc-1003/statements/${statements[0]?.statementId ?? ''}`;
    const { headers, bytes } = await get(target);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.4');
    expect(bytes.toString('latin1')).toContain('First Testing Bank');
    expect((await get(target, { accept: 'image/png' })).status).toBe(406);
    expect(await codes('/accounts/acc-1003/statements/acc-1003-1999-01')).toEqual([404, '1108']);
  });

  it('says that a closed account is closed', async () => {
    const tokens = await client.obtain({ username: 'dan' }, asking(EVERYTHING));
    const { status, body } = await client.fdx(tokens.access_token, '/accounts/acc-4002/transactions');
    expect([status, body['code']]).toEqual([409, '705']);
  });
});
