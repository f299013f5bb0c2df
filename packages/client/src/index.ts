/** Client of the fdx-consent API: docs/client.md. */
export { createFdxConsentClient } from './client';
export type { CallOptions, FdxConsentClient, FdxConsentClientOptions } from './client';
export { answerOf, type RawClient } from './connection';
export { hasEnded, isDecided, WaitTimeoutError, type Consents, type WaitOptions } from './consents';
export type {
  Answer,
  Body,
  components,
  Consent,
  ConsentEvent,
  ConsentStatus,
  CreatedConsent,
  EventType,
  FailureCode,
  FdxEntity,
  Invitation,
  OperationId,
  operations,
  paths,
  Receipt,
  RegisteredWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
} from './contract';
export type { Data, DataOptions } from './data';
export { FdxConsentConnectionError, FdxConsentError, type ConnectionFault, type RequestFault } from './errors';
export type { EventPages, Events, StreamedEvent, StreamOptions } from './events';
export { Pages, type Page } from './pages';
export type { Receipts } from './receipts';
export type { Fetch, Patience, TokenProvider } from './sender';
export {
  challengeAnswer,
  verifyWebhook,
  WebhookRefusedError,
  type EndpointVerification,
  type TestPing,
  type WebhookEvent,
  type WebhookHeaders,
} from './webhook';
export type { WebhookEndpoints } from './webhook-endpoints';
