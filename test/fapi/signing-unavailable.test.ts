import { ConsentFailure } from '../../src/domain/failures';
import { ClientAtBank, Custody } from './support/client-at-bank';

let at: ClientAtBank;
/** The same client at the same bank, whose keys cannot be had. */
let unsigned: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
  const away = () => Promise.reject(new ConsentFailure('signing_unavailable', 'The key service did not answer.'));
  unsigned = ClientAtBank.connect(
    at.bank,
    at.signers.map((signer) => ({ ...signer, sign: away })),
  );
});

beforeEach(() => at.bank.control('DELETE', '/requests'));
afterEach(() => at.bank.control('DELETE', '/faults'));
afterAll(async () => {
  await unsigned.client.close();
  await at.stop();
});

const failure = { code: 'signing_unavailable', kind: 'unavailable' };

test('a request that cannot be signed is not sent, and the failure is that of the key', async () => {
  await expect(unsigned.comeBack()).rejects.toMatchObject(failure);
  expect((await at.bank.requests('par')).requests).toEqual([]);
});

test('a code is not sent without a signature: it is good for another try', async () => {
  const { secrets, answer } = await at.comeBack();
  const custody = new Custody();
  await expect(unsigned.client.exchangeCode(secrets, answer, custody)).rejects.toMatchObject(failure);
  expect((await at.bank.requests('token')).requests).toEqual([]);
  expect(custody.responses).toEqual([]);
  const tokens = await at.client.exchangeCode(secrets, answer, custody);
  expect((await at.accounts(tokens)).status).toBe(200);
});

test('an answer in custody is judged without a signature of ours', async () => {
  const { secrets, answer } = await at.comeBack();
  const custody = new Custody();
  await at.bank.plant({ endpoint: 'jwks', fault: { kind: 'status', status: 503 } });
  const fresh = at.again();
  await expect(fresh.client.exchangeCode(secrets, answer, custody)).rejects.toMatchObject({
    code: 'as_keys_unreachable',
  });
  await fresh.client.close();
  expect(custody.responses).toHaveLength(1);
  await at.bank.control('DELETE', '/faults');
  const tokens = await unsigned.client.exchangeCode(secrets, answer, custody);
  expect((await at.accounts(tokens)).status).toBe(200);
  expect(custody.responses).toHaveLength(1);
});
