import type { PayloadCodec } from '@temporalio/common';
import type { AccessTokens } from '../access/access-tokens';
import type { CustodyDependencies } from '../custody/dependencies';
import type { DurationPolicy } from '../domain/grant';
import type { InstitutionTraffic } from '../data-access/traffic';
import type { KantaraPolicy } from '../evidence/kantara-receipt';
import type { InstitutionCheck } from '../institutions/check';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { PublisherDoor } from '../notifications/publisher';
import type { PublishedKeys } from '../signing/published-keys';
import type { KeyUse } from '../store/key-use';
import type { StoredInstitution } from '../store/institutions';
import type { ProgressFeed } from '../store/progress';
import type { EventLog } from '../store/event-log';
import type { Erasures } from '../temporal/erasures';
import type { Registrations } from '../temporal/registrations';
import type { WebhookHands } from '../webhooks/endpoints';
import type { LifePolicy } from '../workflows/contract';
import type { ConsentPolicy } from './consent-request';
import type { ConsentEngine } from '../temporal/consent-engine';

/** What the API is made of; handed in by the server. Data are read, and tokens refreshed, where they are asked for. */
export interface ApiDependencies extends CustodyDependencies {
  /** Judges access tokens of issuers that are not us. */
  readonly accessTokens: AccessTokens;
  readonly keyUse: KeyUse;
  /** Requests for data on their way to banks. */
  readonly traffic: InstitutionTraffic;
  /** What no row of a table tells. */
  readonly events: EventLog;
  readonly engine: ConsentEngine;
  readonly registrations: Registrations;
  readonly erasures: Erasures;
  readonly progress: ProgressFeed;
  readonly payloadCodec: PayloadCodec;
  /** Looks at an institution's metadata now and notes what it finds. */
  readonly checkInstitution: (institution: StoredInstitution) => Promise<InstitutionCheck>;
  /** Judges with which a bank says that it is the bank, when it publishes to us. */
  readonly verifyPublisher: PublisherDoor['verify'];
  readonly publishedKeys: PublishedKeys;
  /** Aborted when this process is about to go: what would wait for long ends. */
  readonly stopping: AbortSignal;
  readonly webhooks: WebhookHands;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: ApiSettings;
}

export interface ApiSettings {
  readonly publicUrl: string;
  readonly aggregatorName: string;
  readonly kantara: KantaraPolicy;
  readonly authorizationWindowSeconds: number;
  readonly outcomeWaitSeconds: number;
  /** How long events are kept for applications. */
  readonly eventRetentionDays: number;
  /** How long answers are kept for who repeats a request. */
  readonly idempotencyRetentionSeconds: number;
  readonly requestPolicy: ConsentPolicy;
  /** What workflows are started with. */
  readonly lifePolicy: DurationPolicy & LifePolicy;
  /** Whether a proxy tells in `Client-Cert` whose certificate it has seen (RFC 9440). */
  readonly trustsClientCert: boolean;
  /** That an API process takes from an application for which nothing else is said. */
  readonly requestsPerMinute: number;
  /** That are answered with 401 to one address. */
  readonly authenticationFailuresPerMinute: number;
  readonly codecCorsOrigin?: string | undefined;
  /** Key behind persons' pseudonyms. */
  readonly pseudonymKey: Uint8Array;
}
