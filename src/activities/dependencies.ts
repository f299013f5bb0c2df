import type { CustodyDependencies } from '../custody/dependencies';
import type { Aggregator } from '../domain/party';
import type { OwnAddresses, UnregisteredProfile } from '../domain/registration';
import type { RetentionPolicy } from '../domain/retention';
import type { RegistrationClient } from '../fapi/registration-client';
import type { Signer } from '../fapi/signer';
import type { ReportBug } from './guard';
import type { HousekeepingDoors } from './sweep';

/** What activities are made of; handed in by the worker, so that a test can hand in something else. */
export interface ActivityDependencies extends CustodyDependencies {
  /** Speaks with a bank that may not know us yet. */
  readonly registrationClientFor: (template: UnregisteredProfile) => RegistrationClient;
  /** What we register of ourselves. */
  readonly ownAddresses: OwnAddresses;
  /** Asked for every receipt, so that a rotation takes effect without a restart. */
  readonly receiptSigner: () => Signer;
  /** Who we are on a receipt: the data access platform. */
  readonly aggregator: Aggregator;
  /** Where banks publish to us. */
  readonly notificationsUrl: string;
  readonly retention: RetentionPolicy;
  readonly housekeeping: HousekeepingDoors;
  readonly report: ReportBug;
}
