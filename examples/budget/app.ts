/*
 * A budget app in one file: it sends a person to their bank, waits, reads what they share, and hears when something changes.
 * How to run it: README.md beside this file.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { challengeAnswer, createFdxConsentClient, FdxConsentError, verifyWebhook } from '@fdx-consent/client';

const {
  FDX_CONSENT_API_KEY: apiKey = '',
  FDX_CONSENT_URL: baseUrl = 'http://localhost:3000',
  PORT = '4000',
} = process.env;
if (apiKey === '') giveUp('FDX_CONSENT_API_KEY is missing: npm start prints a key');
const client = createFdxConsentClient({ baseUrl, apiKey });
const here = `http://localhost:${PORT}`;

// Chosen by us, so that the challenge can be checked like everything else. In a product it is kept as a secret is kept.
const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
/** In a product: a table with a unique column, written with the work itself. */
const seen = new Set<string>();

/** Asks for consent, and sends the person to their bank. */
async function connect(response: ServerResponse): Promise<void> {
  const { id, launchUrl } = await client.consents.create({
    institutionId: 'sandbox-bank',
    person: { reference: 'customer-4711' },
    purpose: 'See all your accounts in one budget',
    durationPeriod: 365,
    lookbackPeriod: 90,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
  });
  response.writeHead(302, { location: launchUrl }).end();
  await follow(id);
}

/** Waits for the person, and reads what they share. */
async function follow(consentId: string): Promise<void> {
  const consent = await client.consents.waitUntil(consentId);
  if (consent.status !== 'active') {
    console.log(`${consentId} came to nothing: ${consent.status}`);
    return;
  }
  for await (const account of client.data.accounts(consentId)) {
    const { accountId, nickname } = account as { accountId?: string; nickname?: string };
    if (accountId === undefined) continue;
    const transactions: unknown[] = [];
    for await (const transaction of client.data.transactions(consentId, accountId)) transactions.push(transaction);
    console.log(`account ${nickname ?? accountId}: ${transactions.length} transactions`);
  }
}

/** Hears what happened: once for each event, whatever comes twice. */
async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const event = verifyWebhook(Buffer.concat(chunks), request.headers, webhookSecret);
  if (event.type === 'endpoint.verification') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(challengeAnswer(event));
    return;
  }
  response.writeHead(204).end();
  if (event.type === 'test.ping' || seen.has(event.id)) return;
  seen.add(event.id);
  console.log(`webhook ${event.type}: ${event.data.consentId} is ${event.data.status}`);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === '/') await connect(response);
  else if (request.method === 'POST' && request.url === '/webhooks') await hear(request, response);
  else response.writeHead(404).end();
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error instanceof FdxConsentError ? `${error.message} ${error.fix}` : error);
    if (!response.headersSent) response.writeHead(request.method === 'POST' ? 401 : 502);
    response.end();
  });
});

async function register(): Promise<void> {
  const url = `${here}/webhooks`;
  const { id, status } = await client.webhookEndpoints.create({
    url,
    secret: webhookSecret,
    eventTypes: ['consent.*'],
  });
  console.log(`webhooks are ${status}; open ${here}/ to connect a bank`);
  process.once('SIGINT', () => void client.webhookEndpoints.delete(id).finally(() => process.exit(0)));
}

function giveUp(why: unknown): never {
  console.error(`no budget app: ${String(why)} (the service is expected at ${baseUrl})`);
  process.exit(1);
}

server.listen(Number(PORT), () => void register().catch(giveUp));
