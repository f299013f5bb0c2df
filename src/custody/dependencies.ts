import type { AuthorizationId, ConsentId } from '../domain/ids';
import type { Database } from '../store/database';
import type { InstitutionClients } from '../institutions/clients';
import type { Vault } from '../store/vault';
import type { Refreshes } from './refreshes';

/** What it takes to use what a bank gave: the rows, what opens them, and who speaks to the bank. */
export interface CustodyDependencies {
  readonly database: Database;
  readonly vault: Vault;
  readonly institutions: InstitutionClients;
  readonly refreshes: Refreshes;
  /**
   * Told of a grant that the bank no longer honours, so that its workflow hears of it. Absent where it is the workflow that asked.
   * May fail: what is left untold is told by a sweep.
   */
  readonly reportLostGrant?: (lost: LostGrant) => Promise<void>;
}

export interface LostGrant {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
}
