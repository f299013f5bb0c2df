import type { components, operations, paths } from './generated/api';

/** Every operation of the API, by its `operationId`. */
export type OperationId = keyof operations;

/** The JSON that an operation answers with when all goes well. */
export type Answer<Id extends OperationId> = JsonOf<SuccessOf<operations[Id]['responses']>>;

type SuccessOf<Responses> = Responses[keyof Responses & (200 | 201 | 202 | 206)];
type JsonOf<Response> = Response extends { content: { readonly 'application/json': infer Body } } ? Body : never;

/** The JSON that an operation takes. */
export type Body<Id extends OperationId> = JsonOf<NonNullable<operations[Id]['requestBody']>>;

/** The query that an operation takes, without where a page begins: that is for the iterator. */
export type Filters<Id extends OperationId> = Omit<
  NonNullable<operations[Id] extends { parameters: { readonly query?: infer Query } } ? Query : never>,
  'cursor'
>;

/** Every code of a failure that is published: docs/errors.md. */
export type FailureCode = components['schemas']['FailureCode'];

export type Consent = Answer<'getConsent'>;
export type ConsentStatus = Consent['status'];
export type CreatedConsent = Answer<'createConsent'>;
export type Invitation = Answer<'createAuthorization'>;
export type Receipt = Answer<'getReceipt'>;
/** Something that happened to a consent: told apart by its `type`. */
export type ConsentEvent = Answer<'getEvent'>;
export type EventType = ConsentEvent['type'];
export type WebhookEndpoint = Answer<'getWebhookEndpoint'>;
export type RegisteredWebhookEndpoint = Answer<'createWebhookEndpoint'>;
export type WebhookDelivery = Answer<'listWebhookDeliveries'>['deliveries'][number];

/** A member of what a bank answered, as the bank wrote it: FDX API 6.x says what is in it. */
export type FdxEntity = Readonly<Record<string, unknown>>;

export type { components, operations, paths };
