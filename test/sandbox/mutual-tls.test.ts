import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { Agent, fetch } from 'undici';
import type { CertificateFiles } from '../../scripts/setup/certificates';
import { BankProcess } from './support/bank-process';
import { FapiClient } from './support/fapi-client';

let bank: BankProcess;
let dpopClient: FapiClient;
const agents: Agent[] = [];

beforeAll(async () => {
  dpopClient = await FapiClient.create('dpop-client');
  bank = await BankProcess.start({ clients: [dpopClient.metadata] });
  await dpopClient.connect(bank);
});

afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.destroy()));
  await bank.stop();
});

function showing(files?: CertificateFiles): Agent {
  const identity = files && { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) };
  const agent = new Agent({ connect: { ca: bank.certificates.caPem, ...identity } });
  agents.push(agent);
  return agent;
}

async function fdx(origin: string, authorization: string, dispatcher: Agent): Promise<number> {
  const { status, body } = await fetch(`${origin}/fdx/v6/accounts`, { headers: { authorization }, dispatcher });
  await body?.cancel();
  return status;
}

test('metadata name the door for every endpoint at which a client authenticates or brings a token (RFC 8705 §5)', async () => {
  const response = await fetch(`${bank.issuer}/.well-known/openid-configuration`, { dispatcher: bank.dispatcher });
  expect(await response.json()).toMatchObject({
    issuer: bank.issuer,
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_methods_supported: expect.arrayContaining([
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
    ]) as string[],
    mtls_endpoint_aliases: {
      token_endpoint: `${bank.mtlsUrl}/token`,
      pushed_authorization_request_endpoint: `${bank.mtlsUrl}/par`,
      revocation_endpoint: `${bank.mtlsUrl}/revoke`,
      introspection_endpoint: `${bank.mtlsUrl}/introspect`,
      grant_management_endpoint: `${bank.mtlsUrl}/grants`,
    },
  });
});

test.each([
  ['a person’s browser is never asked for a certificate', () => bank.issuer, false],
  ['the door for clients asks for one', () => bank.mtlsUrl, true],
])('%s', async (_, url, asks) => {
  expect((await handshakeOf(url())).includes(CERTIFICATE_REQUEST)).toBe(asks);
});

/** RFC 5246 §7.4.4. */
const CERTIFICATE_REQUEST = 13;

/** The types of the handshake messages that a server sends in the clear, as TLS 1.2 does. */
async function handshakeOf(url: string): Promise<number[]> {
  const sent: Buffer[] = [];
  const relay = createServer((client) => {
    const bankSide = connect({ host: 'localhost', port: Number(new URL(url).port) });
    bankSide.on('data', (chunk) => sent.push(chunk)).on('error', () => client.destroy());
    client.on('error', () => bankSide.destroy());
    client.pipe(bankSide).pipe(client);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as AddressInfo;
  const options = { port, host: '127.0.0.1', servername: 'localhost', maxVersion: 'TLSv1.2' } as const;
  const socket = tlsConnect({ ...options, ca: bank.certificates.caPem });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve).once('error', reject);
  });
  socket.destroy();
  relay.close();
  return messageTypesOf(handshakeBytesOf(Buffer.concat(sent)));
}

/** RFC 5246 §6.2.1: records of type 22, up to the first of another type. */
function handshakeBytesOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 22;) {
    const length = bytes.readUInt16BE(at + 3);
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return Buffer.concat(parts);
}

/** RFC 5246 §7.4: a type and a length of three octets before each. */
function messageTypesOf(bytes: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) types.push(bytes[at] ?? 0);
  return types;
}

test('a token that is bound to a key is no Bearer token, at either door and with any certificate', async () => {
  const { access_token: token } = await dpopClient.obtain();
  for (const origin of [bank.issuer, bank.mtlsUrl]) {
    expect(await fdx(origin, `Bearer ${token}`, showing(bank.certificates.client))).toBe(401);
    expect(await fdx(origin, `Bearer ${token}`, showing())).toBe(401);
  }
});
