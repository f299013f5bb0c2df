import { ClientAtBank } from './support/client-at-bank';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

const shift = (clockOffsetSeconds: number) => at.bank.behave({ clockOffsetSeconds });

afterEach(() => shift(0));

afterAll(() => at.stop());

test.each([
  ['ahead', 30],
  ['behind', -30],
])(
  'a bank whose clock is 30 seconds %s is worked with: assertions, proofs and ID tokens all hold',
  async (_, offset) => {
    await shift(offset);
    const client = at.again();
    expect((await client.accounts(await client.tokens())).status).toBe(200);
    await client.client.close();
  },
);

test.each([
  ['ahead', 300],
  ['behind', -300],
])('a bank whose clock is 5 minutes %s is refused by name, before or after, and nothing hangs', async (_, offset) => {
  await shift(offset);
  const client = at.again();
  await expect(client.tokens()).rejects.toMatchObject({
    code: expect.stringMatching(/^(as_client_rejected|as_request_rejected|id_token_invalid)$/) as string,
  });
  await client.client.close();
});

test('with a wider tolerance in its profile, a bank whose clock is two minutes behind is worked with too', async () => {
  await shift(-120);
  const client = at.again({ clockToleranceSeconds: 150 });
  expect((await client.accounts(await client.tokens())).status).toBe(200);
  await client.client.close();
});
