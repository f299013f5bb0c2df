import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { productCommand } from '../dev/registration';
import type { Stack } from '../dev/stack';

/** The institution that a year is lived at. */
export const BANK_ID = 'sandbox-bank';

/**
 * What sets the sandbox bank apart here from the one of `npm start`: it is asked to notify us, and asked about consents with a token of
 * our own. A person who revokes there kills their token, and with it we could not ask why.
 */
const CHANGES = {
  notifications: { mode: 'subscribe' },
  consents: {
    source: 'consent_api',
    credential: 'client_credentials',
    scope: 'fdx:consents:read fdx:consents:manage',
  },
};

interface Profile {
  id: string;
  fdx: object;
}

/** Changes the bank's profile while everything runs, as an operator does. */
export async function introduceBank(stack: Stack, dataDir: string): Promise<void> {
  const profiles = JSON.parse(await readFile(path.join(dataDir, 'institutions.json'), 'utf8')) as Profile[];
  const profile = profiles.find(({ id }) => id === BANK_ID);
  if (!profile) throw new Error(`the stack has no ${BANK_ID}`);
  const { notifications, consents } = CHANGES;
  const file = path.join(dataDir, 'telling-bank.json');
  await writeFile(file, JSON.stringify({ ...profile, fdx: { ...profile.fdx, consents }, notifications }, null, 2));
  await productCommand(['institutions', 'add', file], stack.productEnvironment);
}
