import { BankProcess } from './bank-process';
import { FapiClient } from './fapi-client';

export interface BankOfTwo {
  readonly bank: BankProcess;
  readonly client: FapiClient;
  /** Registered beside it, with another algorithm: what is the one's must not open to the other. */
  readonly other: FapiClient;
}

/** A bank that knows two clients, both connected to it. */
export async function startBankOfTwo(): Promise<BankOfTwo> {
  const client = await FapiClient.create('budget-buddy');
  const other = await FapiClient.create('tax-tool', 'PS256');
  const bank = await BankProcess.start({ clients: [client.metadata, other.metadata] });
  await client.connect(bank);
  await other.connect(bank);
  return { bank, client, other };
}
