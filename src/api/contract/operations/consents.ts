import { authorizationRequestSchema } from '../../authorization-request';
import { consentSearchSchema, consentsQuerySchema } from '../../consent-filters';
import { consentRequestSchema } from '../../consent-request';
import { consentPatchSchema } from '../../labels';
import { revocationSchema } from '../../routes/end-consent';
import { answersJson, CREATED_AT, LEFT_AS, NO_BODY } from '../answers';
import { operation } from '../operation';
import {
  completionSchema,
  CONSENT_EXAMPLE,
  CONSENT_REQUEST_EXAMPLE,
  consentPageSchema,
  consentSchema,
  CREATED_CONSENT_EXAMPLE,
  createdConsentSchema,
  INVITATION_EXAMPLE,
  invitationSchema,
  REVOKED_CONSENT_EXAMPLE,
} from '../schemas/consent';
import { CERTIFICATE_EXAMPLE, certificateSchema, compactJws, JWS_EXAMPLE } from '../schemas/evidence';
import { exampleIdOf } from '../schemas/values';

const READ = { role: 'application', scope: 'consents:read' } as const;
const WRITE = { role: 'application', scope: 'consents:write' } as const;

export const listConsentsOperation = operation({
  id: 'listConsents',
  method: 'get',
  path: '/v1/consents',
  tag: 'Consents',
  summary: 'Your consents, a page at a time',
  access: READ,
  query: consentsQuerySchema,
  answers: {
    200: answersJson('A page of consents.', consentPageSchema, {
      consents: [CONSENT_EXAMPLE],
      nextCursor: exampleIdOf('consent'),
    }),
  },
  failures: ['vault_unavailable'],
});

export const searchConsentsOperation = operation({
  id: 'searchConsents',
  method: 'post',
  path: '/v1/consents/search',
  tag: 'Consents',
  summary: 'Find consents, by the person too',
  description:
    'As the list, by what no address should hold: addresses are written down on their way. Nothing is changed. With an Idempotency-Key the same page again, until one of its consents is purged.',
  access: READ,
  body: {
    schema: consentSearchSchema,
    limit: '64kb',
    isOptional: true,
    examples: { ofAPerson: { person: { reference: 'customer-4711' }, status: ['active'] } },
  },
  answers: {
    200: answersJson('A page of consents.', consentPageSchema, {
      consents: [CONSENT_EXAMPLE],
      nextCursor: exampleIdOf('consent'),
    }),
  },
  failures: ['vault_unavailable'],
});

export const createConsentOperation = operation({
  id: 'createConsent',
  method: 'post',
  path: '/v1/consents',
  tag: 'Consents',
  summary: 'Ask a person for consent',
  description: 'Send the person to `launchUrl`: nothing is asked of the bank before they open it.',
  access: WRITE,
  body: { schema: consentRequestSchema, limit: '64kb', examples: { budget: CONSENT_REQUEST_EXAMPLE } },
  answers: {
    201: answersJson('The consent waits for the person.', createdConsentSchema, CREATED_CONSENT_EXAMPLE, CREATED_AT),
  },
  failures: [
    'cluster_unknown',
    'duration_exceeds_policy',
    'return_url_unregistered',
    'institution_unknown',
    'institution_misconfigured',
    'engine_unavailable',
    'vault_unavailable',
  ],
});

export const getConsentOperation = operation({
  id: 'getConsent',
  method: 'get',
  path: '/v1/consents/{consentId}',
  tag: 'Consents',
  summary: 'A consent as it stands',
  access: READ,
  answers: { 200: answersJson('The consent.', consentSchema, CONSENT_EXAMPLE) },
  habits: ['entity-tag', 'wait'],
  failures: ['vault_unavailable'],
});

export const labelConsentOperation = operation({
  id: 'labelConsent',
  method: 'patch',
  path: '/v1/consents/{consentId}',
  tag: 'Consents',
  summary: 'Change the metadata and tags of a consent',
  description:
    'A merge patch (RFC 7396): what is left out stays, null takes away, a list of tags takes the place of the one before. ' +
    'Your metadata and tags come with the events of the consent as they are when the events are read.',
  access: WRITE,
  body: {
    schema: consentPatchSchema,
    limit: '64kb',
    alsoAs: 'application/merge-patch+json',
    examples: { label: { metadata: { plan: 'basic', trial: null }, tags: ['budget', 'moved'] } },
  },
  answers: { 200: answersJson('The consent as it stands now.', consentSchema, CONSENT_EXAMPLE, LEFT_AS) },
  habits: ['if-match'],
  failures: ['consent_ended', 'vault_unavailable'],
});

export const revokeConsentOperation = operation({
  id: 'revokeConsent',
  method: 'delete',
  path: '/v1/consents/{consentId}',
  tag: 'Consents',
  summary: 'Revoke a consent',
  description:
    'Effective here when this answers; the bank is told afterwards, for as long as it takes. A consent that has ended is answered as it stands.',
  access: WRITE,
  body: {
    schema: revocationSchema,
    limit: '64kb',
    isOptional: true,
    examples: { byThePerson: { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } },
  },
  answers: { 200: answersJson('The consent, ended.', consentSchema, REVOKED_CONSENT_EXAMPLE, LEFT_AS) },
  habits: ['if-match', 'wait'],
  failures: ['vault_unavailable', 'engine_unavailable'],
});

export const createAuthorizationOperation = operation({
  id: 'createAuthorization',
  method: 'post',
  path: '/v1/consents/{consentId}/authorizations',
  tag: 'Consents',
  summary: 'Invite the person to renew, change or authorize again',
  description:
    'What is left out stays as it is; without a body all of it does. An open link on the same terms is given once more.',
  access: WRITE,
  body: {
    schema: authorizationRequestSchema,
    limit: '64kb',
    isOptional: true,
    examples: {
      change: { resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'STATEMENTS'] }] },
    },
  },
  answers: {
    200: answersJson('The link that is open already.', invitationSchema, INVITATION_EXAMPLE),
    201: answersJson('A new link.', invitationSchema, INVITATION_EXAMPLE),
  },
  habits: ['if-match'],
  failures: [
    'cluster_unknown',
    'duration_exceeds_policy',
    'consent_not_connected',
    'consent_ended',
    'consent_not_renewable',
    'invitation_open',
    'invitation_not_found',
    'authorization_in_progress',
    'engine_unavailable',
    'vault_unavailable',
  ],
});

export const cancelAuthorizationOperation = operation({
  id: 'cancelAuthorization',
  method: 'delete',
  path: '/v1/consents/{consentId}/authorizations/{invitationId}',
  tag: 'Consents',
  summary: 'Take an invitation back',
  access: WRITE,
  answers: { 204: { description: 'The link is no longer good, and nothing else has changed.' } },
  failures: ['invitation_not_found', 'authorization_in_progress', 'engine_unavailable'],
});

export const completeConsentOperation = operation({
  id: 'completeConsent',
  method: 'post',
  path: '/v1/consents/{consentId}/completion',
  tag: 'Consents',
  summary: 'Say that a ONE_TIME consent has served its purpose',
  description: 'It ends now, and not when its hour is over.',
  access: WRITE,
  body: NO_BODY,
  answers: {
    200: answersJson(
      'The consent, ended: to who preferred to wait for it.',
      consentSchema,
      REVOKED_CONSENT_EXAMPLE,
      LEFT_AS,
    ),
    202: answersJson('The consent ends.', completionSchema, { id: exampleIdOf('consent') }),
  },
  habits: ['if-match', 'wait'],
  failures: ['consent_not_one_time', 'consent_not_connected', 'vault_unavailable', 'engine_unavailable'],
});

export const getDeletionCertificateOperation = operation({
  id: 'getDeletionCertificate',
  method: 'get',
  path: '/v1/consents/{consentId}/deletion-certificate',
  tag: 'Consents',
  summary: 'What was destroyed, and when',
  description: 'The document, or its signed form for `Accept: application/jose`.',
  access: { role: 'application', scope: 'evidence:read' },
  answers: {
    200: {
      description: 'The certificate.',
      content: {
        'application/json': { schema: certificateSchema, example: CERTIFICATE_EXAMPLE },
        'application/jose': { schema: compactJws, example: JWS_EXAMPLE },
      },
    },
  },
  failures: ['certificate_not_found'],
});
