import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { productCommand } from '../../scripts/dev/registration';
import { PersonBrowser } from '../../sandbox/person';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { PLAIN_CLIENTS, startPlainFapiServer, type PlainFapiServer } from './support/plain-fapi-server';

const stack = currentStack();
const application = new Application(stack);
let server: PlainFapiServer;
let directory: string;

beforeAll(async () => {
  server = await startPlainFapiServer(stack);
  directory = await mkdtemp(path.join(os.tmpdir(), 'plain-server-'));
});

afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** The whole of what it takes: one file, one command. */
async function addInstitution(profile: 'openid' | 'oauth'): Promise<string> {
  const id = `plain-${profile}-${Date.now()}`;
  const file = path.join(directory, `${id}.json`);
  const institution = {
    id,
    name: 'Plain FAPI Server',
    issuer: server.issuer,
    discovery: profile === 'openid' ? 'oidc' : 'oauth2',
    clientId: PLAIN_CLIENTS[profile],
    clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' },
    openid: profile === 'openid',
    request: {
      form: 'scope',
      offlineAccess: false,
      clusterScopes: { ACCOUNT_BASIC: ['accounts'], ACCOUNT_DETAILED: ['accounts'] },
    },
    fdx: { baseUrl: server.accountsUrl, consents: { source: 'token_response' } },
    caFile: stack.caFile,
  };
  await writeFile(file, JSON.stringify(institution));
  await productCommand(['institutions', 'add', file], stack.productEnvironment);
  return id;
}

describe('a FAPI 2.0 server that is not the sandbox and knows nothing of FDX', () => {
  test.each(['openid', 'oauth'] as const)('works by its file alone, in the %s profile', async (profile) => {
    const institutionId = await addInstitution(profile);
    const { id, launchUrl } = await application.request({
      institutionId,
      resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_BASIC'] }],
    });
    const browser = new PersonBrowser({ ca: stack.caPem });
    await browser.open(launchUrl);
    await browser.submit();
    expect(await application.consent(id)).toMatchObject({
      status: 'active',
      granted: { source: 'scope', resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_BASIC'] }] },
      difference: { outcome: 'in_full' },
      dataAccess: { outcome: 'proven' },
    });
    expect(server.resourceRequests.at(-1)).toBe(200);
  });

  test('is checked like any other', async () => {
    const id = await addInstitution('oauth');
    const printed = await productCommand(['institutions', 'check', id], stack.productEnvironment);
    expect(printed).toMatch(/\nready\n$/);
  });
});
