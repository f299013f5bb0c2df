import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { Tell } from '../setup/missing-part';

/** The database role that API, workers and commands connect as: they may write evidence, and change none of it. */
export interface ServiceRole {
  name: string;
  /** The product's database, as that role. */
  url: string;
}

const UNIQUE_VIOLATION = '23505';
const CREATED_BEFORE = '42710';
const NOT_ALLOWED = '42501';

/**
 * Makes the role, or gives it the password that lies in the data directory. Named after the database, since a server may have more
 * of ours.
 *
 * @returns undefined on somebody else's server where we may make no role: then one role does everything
 */
export async function ensureServiceRole(
  ownerUrl: string,
  dataDir: string,
  tell: Tell,
): Promise<ServiceRole | undefined> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  const name = `${client.database ?? ''}_service`;
  const password = await keptPassword(dataDir);
  try {
    await makeRole(client, name, password);
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_ALLOWED) throw error;
    tell(
      `DATABASE_URL's user may make no role ${name}: API and worker share its own, which can change the audit trail`,
    );
    return undefined;
  } finally {
    await client.end();
  }
  return { name, url: Object.assign(new URL(ownerUrl), { username: name, password }).href };
}

async function makeRole(client: Client, name: string, password: string): Promise<void> {
  const [role, secret] = [client.escapeIdentifier(name), client.escapeLiteral(password)];
  try {
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${secret}`);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code !== CREATED_BEFORE && code !== UNIQUE_VIOLATION) throw error;
    await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${secret}`);
  }
}

async function keptPassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'service-role.password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}
