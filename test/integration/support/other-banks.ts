import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fdxConsent } from './command';
import { query } from './database';
import type { PrivateStack } from './private-stack';

const PASSWORD = 'correct horse battery staple';
const BASIC = { username: 'fdx-consent' };

/**
 * The sandbox bank of a private stack under three more names, as other banks are: `basic` wants a name and a password at its
 * consent API, `managed` lets grants be managed by their id, and `bare` is like the first, with metadata that nobody has read yet.
 */
export async function addOtherBanks(own: PrivateStack): Promise<void> {
  const directory = path.join(own.stack.logDirectory, '..');
  await letInByPassword(own, path.join(directory, 'bank-clients.json'));
  const passwordFile = path.join(directory, 'password');
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  const [row] = await query(own.stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank'`);
  const { fdx, request, ...profile } = row?.['profile'] as { fdx: { consents: object }; request: object };
  const consents = { ...fdx.consents, credential: 'basic', basic: { ...BASIC, passwordFile } };
  const banks = [
    { id: 'managed', fdx, request: { ...request, grantManagementAction: 'create' } },
    { id: 'basic', fdx: { ...fdx, consents }, request },
    { id: 'bare', fdx, request },
  ];
  for (const bank of banks) {
    const file = path.join(directory, `${bank.id}.json`);
    await writeFile(file, JSON.stringify({ ...profile, ...bank, name: `Bank (${bank.id})` }));
    const { code, stderr } = await fdxConsent(['institutions', 'add', file], own.stack.productEnvironment);
    if (code !== 0) throw new Error(stderr);
  }
}

/** The bank reads its register of clients when it starts. */
async function letInByPassword(own: PrivateStack, file: string): Promise<void> {
  const clients = JSON.parse(await readFile(file, 'utf8')) as { client_id: string }[];
  const changed = clients.map((each) =>
    each.client_id === 'fdx-consent-dev' ? { ...each, consent_api_basic: { ...BASIC, password: PASSWORD } } : each,
  );
  await writeFile(file, JSON.stringify(changed));
  await own.child('bank').restart();
}
