import type { CustodyDependencies } from '../custody/dependencies';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import type { EventLog } from '../store/event-log';
import type { InstitutionTraffic } from './traffic';

/** What it takes to read data with a grant, and to say that the bank does not honour it. */
export interface DataAccessDependencies extends CustodyDependencies {
  readonly traffic: InstitutionTraffic;
  /** Where each call is written down. */
  readonly events: EventLog;
  readonly engine: {
    /** Has the bank asked how the grant stands; at once when nothing is amiss with the engine. */
    reportBank(consentId: ConsentId, report: DoubtReport): Promise<boolean>;
  };
}

/** The bank refused data with these tokens. */
export interface DoubtReport {
  readonly authorizationId: AuthorizationId;
  readonly source: 'data_access';
}
