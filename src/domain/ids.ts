/**
 * Names of things. Branded so that one kind of id cannot be passed where another is meant; the brands vanish at run time.
 */
type Branded<Name extends string> = string & { readonly __brand: Name };

/** A consent: one person, one application, one institution. Stable for its whole life, renewals included. */
export type ConsentId = Branded<'ConsentId'>;
/** A link with which the person may authorize: at first, to renew, to change, to reauthorize. */
export type InvitationId = Branded<'InvitationId'>;
/** One trip to the bank: pushed request, redirect, callback, code exchange. The grant that it brings goes by the same id. */
export type AuthorizationId = Branded<'AuthorizationId'>;
export type ReceiptId = Branded<'ReceiptId'>;
/** The customer's product that calls our API. */
export type ApplicationId = Branded<'ApplicationId'>;
export type InstitutionId = Branded<'InstitutionId'>;

/** Prefixes make an id recognisable in a log line or a support ticket. */
export const ID_PREFIX = {
  consent: 'cns',
  invitation: 'inv',
  authorization: 'aut',
  receipt: 'rcp',
  certificate: 'del',
  disclosure: 'dsc',
  agreement: 'agr',
  legalHold: 'hld',
  task: 'tsk',
  apiKey: 'key',
  applicationClient: 'apc',
  event: 'evt',
  webhookEndpoint: 'whe',
  webhookSecret: 'whk',
  webhookDelivery: 'whd',
  idempotent: 'idm',
} as const;

/** The workflow that carries a consent. Holds no personal data: workflow ids are visible to everyone with the Temporal UI. */
export function consentWorkflowId(consentId: ConsentId): string {
  return `consent-${consentId}`;
}

/** The inverse of {@link consentWorkflowId}; undefined for the id of any other workflow. */
export function consentIdOf(workflowId: string): ConsentId | undefined {
  const id = workflowId.replace(/^consent-/, '');
  return id !== workflowId && isConsentId(id) ? id : undefined;
}

/** Whoever registers an application names it. */
export const APPLICATION_ID_FORM = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const CONSENT_ID_FORM = /^cns_[0-9a-f]{32}$/;

export function isConsentId(text: string): text is ConsentId {
  return CONSENT_ID_FORM.test(text);
}

export function isReceiptId(text: string): text is ReceiptId {
  return /^rcp_[0-9a-f]{32}$/.test(text);
}

/** The workflow that carries an operation on our registration at a bank: one at a time for each institution. */
export function registrationWorkflowId(institutionId: InstitutionId): string {
  return `registration/${institutionId}`;
}
