import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { productCommand } from '../../scripts/dev/registration';
import { canonicalJson } from '../../src/evidence/canonical';
import { currentStack } from '../setup/stack-access';
import { faultsBy } from '../unit/support/json-schema';
import { readPdf } from '../unit/support/pdf-reader';
import { Application, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { Journey } from './support/journey';
import { reserveBank, withBankReserved } from './support/reservation';

const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);

interface Receipt extends Record<string, unknown> {
  receiptId: string;
  evidence: Record<string, unknown> & { senderConstraint: unknown };
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('base64url');
const SHA256 = expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string;
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

const receiptOf = async ({ consentId }: Journey): Promise<Receipt> =>
  (await application.receipt(consentId)) as unknown as Receipt;

const get = (path: string, accept = '*/*', more: Record<string, string> = {}): Promise<Answer> =>
  application.call(path, { headers: { accept, ...more } });

let schema: object;
beforeAll(async () => {
  const answer = await application.call('/schemas/consent-receipt/2.json', { key: undefined });
  expect(answer.headers.get('content-type')).toMatch(/^application\/schema\+json/);
  expect(answer.headers.get('cache-control')).toContain('public');
  schema = answer.json;
});

describe.each([
  ['sandbox-bank', 'dpop', { jkt: SHA256 }],
  ['sandbox-bank-signed', 'dpop', { jkt: SHA256 }],
  ['sandbox-bank-mtls', 'mtls', { 'x5t#S256': SHA256 }],
])('at %s a receipt', (institutionId, method, confirmation) => {
  let journey: Journey;
  let receipt: Receipt;
  beforeAll(async () => {
    journey = await withBankReserved(stack, () => Journey.walk(application, { institutionId }));
    receipt = await receiptOf(journey);
  });

  test('is valid by the published schema, and has everything that proves a consent', async () => {
    expect(faultsBy(schema, receipt)).toEqual([]);
    const consent = await journey.consent();
    const issuer = stack.urls.bank;
    expect(receipt).toMatchObject({
      receiptVersion: 2,
      consentId: journey.consentId,
      bankConsentId: consent.granted?.bankConsentId,
      ...{ issuedAt: INSTANT, createdTime: INSTANT, expirationDate: consent.expirationDate },
      purpose: expect.any(String) as string,
      personPseudonym: expect.any(String) as string,
      requested: { durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90 },
      granted: { durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90 },
      grantedScopes: expect.arrayContaining(['fdx:transactions:read']) as string[],
      disclosure: { digest: SHA256, agreedAt: INSTANT },
      evidence: {
        issuer,
        request: { pushedAt: INSTANT, digest: SHA256 },
        pkce: { codeChallenge: SHA256, codeChallengeMethod: 'S256' },
        response: { iss: issuer, receivedAt: INSTANT },
        tokensIssuedAt: INSTANT,
        authentication: { time: INSTANT, acr: 'urn:sandbox-bank:acr:password' },
        senderConstraint: { method, confirmation },
      },
    });
    expect(receipt['parties']).toEqual([
      {
        ...{ type: 'DATA_RECIPIENT', name: 'Budget Bee', homeUri: 'https://budget-bee.example' },
        registryReferences: [
          { registry: 'PRIVATE', registeredEntityId: 'budget-bee', registeredEntityName: 'Budget Bee, Inc.' },
        ],
      },
      {
        ...{ type: 'DATA_ACCESS_PLATFORM', name: 'FDX Consent', homeUri: 'https://aggregator.example' },
        registryReferences: [
          { registry: 'PRIVATE', registeredEntityId: 'aggregator-1', registeredEntityName: 'FDX Consent, Inc.' },
        ],
      },
      {
        ...{ type: 'DATA_PROVIDER', name: expect.stringMatching(/^Sandbox Bank/) as string, homeUri: issuer },
        registryReferences: [
          { registry: 'FDX', registeredEntityId: 'sandbox-bank', registeredEntityName: 'Sandbox Bank, N.A.' },
        ],
      },
    ]);
  });

  test('is bound to what the tokens are bound to, and to the request that left', async () => {
    const [row] = await query(
      stack,
      'SELECT sender_key_thumbprint, request_digest, code_challenge FROM authorizations WHERE consent_id = $1',
      [journey.consentId],
    );
    expect(Object.values(receipt.evidence.senderConstraint as object)[1]).toEqual({
      [Object.keys(confirmation)[0] ?? '']: row?.['sender_key_thumbprint'],
    });
    expect(receipt.evidence).toMatchObject({
      request: { digest: row?.['request_digest'] },
      pkce: { codeChallenge: row?.['code_challenge'] },
    });
  });
});

describe('a receipt by its id', () => {
  let journey: Journey;
  let path: string;
  beforeAll(async () => {
    journey = await withBankReserved(stack, () => Journey.walk(application));
    path = `/v1/receipts/${(await receiptOf(journey)).receiptId}`;
  });

  test('is the JSON that was signed, to the letter and in canonical form (RFC 8785)', async () => {
    const [json, jws] = [await get(path), await get(path, 'application/jose')];
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
    expect(jws.headers.get('content-type')).toMatch(/^application\/jose/);
    const keys = (await application.call('/.well-known/receipt-keys.json')).json as unknown as JSONWebKeySet;
    const { payload, protectedHeader } = await compactVerify(jws.text, createLocalJWKSet(keys));
    expect(protectedHeader.typ).toBe('consent-receipt+jws');
    expect(Buffer.from(payload).toString('utf8')).toBe(json.text);
    expect(canonicalJson(json.json)).toBe(json.text);
    expect(await receiptOf(journey)).toEqual(json.json);
  });

  test('is a PDF for a person, which can be compared with the signed document', async () => {
    const url = stack.urls.api + path;
    const headers = { authorization: `Bearer ${stack.applicationKey}`, accept: 'application/pdf' };
    const response = await fetch(url, { headers });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const { text, info, complaints } = await readPdf(Buffer.from(await response.arrayBuffer()));
    expect(complaints).toBe('');
    expect(info['Tagged']).toBe('yes');
    const [json, jws] = [await get(path), await get(path, 'application/jose')];
    const { kid } = JSON.parse(Buffer.from(jws.text.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
    for (const said of [String(json.json['receiptId']), sha256(json.text), kid, 'Transaction data', 'Sandbox Bank']) {
      expect(text).toContain(said);
    }
  });

  test('in another form is not to be had (RFC 9110 §15.5.7)', async () => {
    const answer = await get(path, 'text/html');
    expect([answer.status, answer.json['code']]).toEqual([406, 'not_acceptable']);
    expect(answer.json['detail']).toContain('application/pdf');
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test.each(['application/json', 'application/jose', 'application/pdf'])(
    'as %s may be kept by who asked, and is not sent twice',
    async (accept) => {
      const first = await get(path, accept);
      expect(first.headers.get('cache-control')).toBe('private, max-age=3600, immutable');
      expect(first.headers.get('vary')).toBe('Accept, Authorization');
      const tag = first.headers.get('etag') ?? '';
      const again = await get(path, accept, { 'if-none-match': tag });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
      const head = await application.call(path, { method: 'HEAD', headers: { accept } });
      expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', tag]);
    },
  );

  test('is nobody else’s: theirs, unknown and impossible ids give the same answer', async () => {
    const details = ['--id', 'curious', '--name', 'Curious', '--json'];
    const printed = await productCommand(['applications', 'add', ...details], stack.productEnvironment);
    const { apiKey } = JSON.parse(printed) as { apiKey: string };
    const unknown = `/v1/receipts/rcp_${'0'.repeat(32)}`;
    for (const suffix of ['', '/kantara']) {
      for (const address of [path, unknown, '/v1/receipts/rcp_1', '/v1/receipts/%00', '/v1/receipts/__proto__']) {
        const answer = await application.call(address + suffix, { key: apiKey });
        expect([answer.status, answer.json['code'], answer.json['detail']]).toEqual([
          404,
          'receipt_not_found',
          undefined,
        ]);
        expect(answer.headers.get('etag')).toBeNull();
      }
    }
  });

  test('is a Kantara receipt for who asks for one, by API and by command', async () => {
    const { status, json, headers } = await get(`${path}/kantara`);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(json).toMatchObject({
      ...{ version: 'KI-CR-v1.1.0', jurisdiction: 'US', consentReceiptID: path.split('/').at(-1) },
      publicKey: expect.stringContaining('BEGIN PUBLIC KEY') as string,
      piiControllers: [
        { piiController: 'Budget Bee', onBehalf: false, email: 'privacy@budget-bee.example' },
        { piiController: 'FDX Consent', onBehalf: true, email: 'privacy@aggregator.example' },
      ],
      policyUrl: 'https://budget-bee.example/privacy',
      sensitive: false,
    });
    const command = ['evidence', 'kantara', path.split('/').at(-1) ?? '', '--json'];
    expect((await fdxConsent(command, stack.productEnvironment)).json).toEqual(json);
    const silent = { ...stack.productEnvironment, RECEIPT_JURISDICTION: '', AGGREGATOR_PHONE: '' };
    const { code, stderr } = await fdxConsent(command.slice(0, -1), silent);
    expect(code).toBe(1);
    expect(stderr).toContain('RECEIPT_JURISDICTION\n  AGGREGATOR_PHONE\n');
  });

  test('of an application that nobody described is exported once somebody does', async () => {
    const env = stack.productEnvironment;
    const printed = await productCommand(['applications', 'add', '--id', 'plain', '--name', 'Plain', '--json'], env);
    const { apiKey } = JSON.parse(printed) as { apiKey: string };
    const plain = new Application({ ...stack, applicationKey: apiKey });
    const walked = await Journey.walk(plain, { returnUrl: undefined });
    const { receiptId, parties } = (await plain.receipt(walked.consentId)) as { receiptId: string; parties: object[] };
    expect(parties[0]).toEqual({ type: 'DATA_RECIPIENT', name: 'Plain' });
    const refused = await plain.call(`/v1/receipts/${receiptId}/kantara`);
    expect([refused.status, refused.json['code']]).toEqual([409, 'receipt_not_exportable']);
    expect(refused.json['detail']).toContain('fdx-consent applications update plain --policy-url');

    const first = ['--contact-name', 'Office', '--address', '3 Example Street', '--email', 'office@plain.example'];
    await productCommand(['applications', 'update', 'plain', ...first], env);
    // What is not said again stays, whichever command it is.
    const rest = ['--phone', '+1 555 0102', '--policy-url', 'https://plain.example/privacy'];
    await productCommand(['applications', 'update', 'plain', ...rest], env);
    await productCommand(['applications', 'add', '--id', 'plain', '--name', 'Plain'], env);
    expect((await plain.call(`/v1/receipts/${receiptId}/kantara`)).json['piiControllers']).toMatchObject([
      { piiController: 'Plain', contact: 'Office', email: 'office@plain.example', phone: '+1 555 0102' },
      {},
    ]);
    const faulty = await fdxConsent(['applications', 'update', 'plain', '--registry', 'NOWHERE:1:Plain'], env);
    expect([faulty.code, faulty.stderr]).toEqual([2, expect.stringContaining('--registry: takes REGISTRY:ID:NAME')]);
  });
});

test('all receipts of a consent are listed, the oldest first, a page at a time', async () => {
  const journey = await Journey.walk(application);
  const first = await receiptOf(journey);
  await journey.renew();
  const second = await receiptOf(journey);
  expect(second['supersedes']).toBe(first.receiptId);
  const list = `/v1/consents/${journey.consentId}/receipts`;
  expect((await get(list)).json).toEqual({ receipts: [first, second] });
  const { json: page } = await get(`${list}?limit=1`);
  expect(page).toEqual({ receipts: [first], nextCursor: first.receiptId });
  expect((await get(`${list}?limit=1&cursor=${first.receiptId}`)).json).toEqual({ receipts: [second] });

  const other = await receiptOf(await Journey.walk(application));
  for (const bad of ['limit=0', 'limit=201', 'limit=x', 'page=2', 'cursor=x', `cursor=${other.receiptId}`]) {
    const answer = await get(`${list}?${bad}`);
    expect([bad, answer.status, answer.json['code']]).toEqual([bad, 400, 'request_invalid']);
  }
  expect((await get(`/v1/consents/${(await Journey.begin(application)).consentId}/receipts`)).json).toEqual({
    receipts: [],
  });
});
