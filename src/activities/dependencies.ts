import type { Signer } from '../fapi/signer';
import type { Database } from '../store/database';
import type { Vault } from '../store/vault';
import type { ReportBug } from './guard';
import type { InstitutionClients } from '../institutions/clients';

/** What activities are made of; handed in by the worker, so that a test can hand in something else. */
export interface ActivityDependencies {
  readonly database: Database;
  readonly vault: Vault;
  readonly institutions: InstitutionClients;
  /** Asked for every receipt, so that a rotation takes effect without a restart. */
  readonly receiptSigner: () => Signer;
  /** Who we are on a receipt: the data access platform. */
  readonly aggregator: { readonly name: string; readonly homeUri?: string };
  readonly report: ReportBug;
}
