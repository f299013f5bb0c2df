import type { PayloadCodec } from '@temporalio/common';
import type { DurationPolicy } from '../domain/grant';
import type { InstitutionCheck } from '../institutions/check';
import type { Log } from '../log';
import type { PublisherDoor } from '../notifications/publisher';
import type { PublishedKeys } from '../signing/published-keys';
import type { Database } from '../store/database';
import type { StoredInstitution } from '../store/institutions';
import type { ProgressFeed } from '../store/progress';
import type { Vault } from '../store/vault';
import type { Registrations } from '../temporal/registrations';
import type { LifePolicy } from '../workflows/contract';
import type { ConsentPolicy } from './consent-request';
import type { ConsentEngine } from '../temporal/consent-engine';

/** What the API is made of; handed in by the server. */
export interface ApiDependencies {
  readonly database: Database;
  readonly vault: Vault;
  readonly engine: ConsentEngine;
  readonly registrations: Registrations;
  readonly progress: ProgressFeed;
  readonly payloadCodec: PayloadCodec;
  /** Looks at an institution's metadata now and notes what it finds. */
  readonly checkInstitution: (institution: StoredInstitution) => Promise<InstitutionCheck>;
  /** Judges with which a bank says that it is the bank, when it publishes to us. */
  readonly verifyPublisher: PublisherDoor['verify'];
  readonly publishedKeys: PublishedKeys;
  readonly log: Log;
  readonly settings: ApiSettings;
}

export interface ApiSettings {
  readonly publicUrl: string;
  readonly aggregatorName: string;
  readonly authorizationWindowSeconds: number;
  readonly outcomeWaitSeconds: number;
  readonly requestPolicy: ConsentPolicy;
  /** What workflows are started with. */
  readonly lifePolicy: DurationPolicy & LifePolicy;
  /** Whether a proxy tells in `Client-Cert` whose certificate it has seen (RFC 9440). */
  readonly trustsClientCert: boolean;
  readonly codecCorsOrigin?: string | undefined;
  /** Key behind persons' pseudonyms. */
  readonly pseudonymKey: Uint8Array;
}
