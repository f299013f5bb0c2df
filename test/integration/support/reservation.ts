import { Client } from 'pg';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { Bank } from './bank';

/** Any number that nobody else on this server locks. */
const LOCK = 20_251_124;
/** Whoever waits longer than this waits for a test that hangs, and should say so before jest's own timeout does. */
const WAIT = '50s';

/**
 * Reserves the bank of the shared stack for each test of a file: the bank's faults and its journal know nothing of tests, and
 * jest runs two files at a time. PostgreSQL gives the reservation back when the test's process dies.
 */
export function reserveBank(stack: StackDescription): Bank {
  const bank = new Bank(stack);
  let holder: Client | undefined;
  beforeEach(async () => {
    holder = await lock(stack.bankDatabaseUrl);
    await bank.reset();
  });
  afterEach(async () => {
    await bank.heal();
    await holder?.end();
    holder = undefined;
  });
  return bank;
}

/** Reserves it for what goes on before the tests of a file, while `work` lasts. */
export async function withBankReserved<Result>(stack: StackDescription, work: () => Promise<Result>): Promise<Result> {
  const holder = await lock(stack.bankDatabaseUrl);
  try {
    return await work();
  } finally {
    await holder.end();
  }
}

async function lock(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '${WAIT}'`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return client;
  } catch (error) {
    await client.end();
    throw new Error('another test kept the bank to itself for too long', { cause: error });
  }
}
