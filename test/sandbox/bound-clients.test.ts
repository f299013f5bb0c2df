import { fetch } from 'undici';
import { BankProcess } from './support/bank-process';
import { FapiClient } from './support/fapi-client';

/** As an env file says "not set". */
const WITHOUT_DOOR = { SANDBOX_MTLS_PORT: '' };

let client: FapiClient;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
});

describe('a client whose tokens anybody could use (FAPI 2.0 §5.3.2.1)', () => {
  it.each<[string, object, Record<string, string>]>([
    ['bound to neither key nor certificate', { dpop_bound_access_tokens: false }, {}],
    [
      'bound to both, so that nobody knows to which',
      { dpop_bound_access_tokens: true, tls_client_certificate_bound_access_tokens: true },
      {},
    ],
    [
      'bound to a certificate that no door asks for',
      { tls_client_certificate_bound_access_tokens: true },
      WITHOUT_DOOR,
    ],
  ])('stops the start: %s', async (_what, change, env) => {
    const starting = BankProcess.start({ clients: [{ ...client.metadata, ...change }], env });
    await expect(starting).rejects.toThrow(/bound/);
  });
});

describe('registration (RFC 7591)', () => {
  let bank: BankProcess;

  beforeAll(async () => {
    bank = await BankProcess.start({ clients: [client.metadata] });
  });
  afterAll(() => bank.stop());

  async function register(change: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const metadata = { ...client.metadata, client_id: undefined, ...change };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(metadata);
    const response = await fetch(`${bank.issuer}/register`, {
      method: 'POST',
      headers,
      body,
      dispatcher: bank.dispatcher,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('is refused to a client whose tokens would be bound to nothing', async () => {
    const { status, body } = await register({ dpop_bound_access_tokens: false });
    expect([status, body['error']]).toEqual([400, 'invalid_client_metadata']);
  });

  it('binds to a key unless the client says certificate', async () => {
    expect((await register({})).body).toMatchObject({ dpop_bound_access_tokens: true });
    const { status, body } = await register({ tls_client_certificate_bound_access_tokens: true });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        tls_client_certificate_bound_access_tokens: true,
        dpop_bound_access_tokens: false,
      }),
    ]);
  });
});
