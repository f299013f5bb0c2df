import { randomBytes } from 'node:crypto';
import { EdgeVM } from '@edge-runtime/vm';
import { build } from 'esbuild';
import { Webhook } from 'standardwebhooks';
import { currentStack } from '../setup/stack-access';
import { repositoryRoot } from '../../scripts/setup/repository';
import { consentRequest } from './support/application';

/* The client where there is no Node: web interfaces only, with what it depends on in one file, as a worker at the edge is made. */
const stack = currentStack();

const WORKER = `
  import { createFdxConsentClient, verifyWebhook } from '@fdx-consent/client';
  export async function connect(baseUrl, apiKey, request) {
    const client = createFdxConsentClient({ baseUrl, apiKey });
    const { id } = await client.consents.create(request);
    const consent = await client.consents.get(id);
    let listed = 0;
    for await (const each of client.consents.list({ status: 'requested', limit: 5 })) {
      listed += 1;
      if (listed === 6) break;
    }
    const refused = await client.consents.get('cns_0').catch((error) => error.code);
    return JSON.stringify({ id: consent.id === id, status: consent.status, listed: listed > 0, refused });
  }
  export function hear(body, headers, secret) {
    return verifyWebhook(new TextEncoder().encode(body), new Headers(headers), secret).type;
  }
`;

let edge: EdgeVM;
let bundle: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: WORKER, resolveDir: repositoryRoot },
    bundle: true,
    // Nothing of Node's is found on it, so a bundle that needs any is not made.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'worker',
    write: false,
  });
  bundle = outputFiles[0]?.text ?? '';
  // Temporal's worker, which other tests load into this process, looks by generated code into whatever context a promise is from.
  // That the client itself generates none is tested below.
  edge = new EdgeVM({ codeGeneration: { strings: true, wasm: false } });
  edge.evaluate(bundle);
});

test('it asks for a consent, reads it and is refused, as elsewhere', async () => {
  const call = `worker.connect(${[stack.urls.api, stack.applicationKey, consentRequest()].map((each) => JSON.stringify(each)).join(', ')})`;
  expect(JSON.parse(await edge.evaluate<Promise<string>>(call))).toEqual({
    id: true,
    status: 'requested',
    listed: true,
    refused: 'consent_not_found',
  });
});

test('it verifies a webhook, and refuses a forged one', () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const body = JSON.stringify({ id: 'evt_1', type: 'consent.active', timestamp: 'now', version: 1, data: {} });
  const at = new Date();
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  };
  const hear = (text: string): string =>
    edge.evaluate<string>(`worker.hear(${[text, headers, secret].map((each) => JSON.stringify(each)).join(', ')})`);
  expect(hear(body)).toBe('consent.active');
  expect(() => hear(`${body} `)).toThrow(/signature/i);
});

test('it generates no code, which workers at the edge refuse', () => {
  expect(bundle.length).toBeGreaterThan(10_000);
  expect(bundle).not.toMatch(/\beval\s*\(|\bnew Function\b|[^.\w]Function\s*\(/);
});

test('Node’s own modules are not there', () => {
  expect(edge.evaluate<string>(`[typeof process, typeof require, typeof Buffer].join()`)).toBe(
    'undefined,undefined,undefined',
  );
});
