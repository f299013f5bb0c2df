/**
 * What a key of an application may be used for. A key without scopes named when it is made has all of them.
 *
 * @see RFC 6749 §3.3: also the scopes of access tokens of an external issuer
 */
export const SCOPES = {
  'consents:read': 'consents, their invitations and states',
  'consents:write': 'ask for, renew, change, complete and end consents',
  'data:read': "read a person's data at their bank",
  'data:delegate': 'carry single requests for data to a bank itself',
  'evidence:read': 'receipts, disclosures, audit events and exports',
  'events:read': 'what happens, as a list and as a live view',
  'webhooks:manage': 'endpoints, their secrets and their deliveries',
} as const;

export type Scope = keyof typeof SCOPES;

export const ALL_SCOPES = Object.keys(SCOPES) as readonly Scope[];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text);
}
