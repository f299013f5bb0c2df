import { z } from 'zod';
import { registrationFileSchema } from '../../../institutions/registration-file';
import { pauseSchema } from '../../routes/pause';
import { registrationDeletionQuerySchema } from '../../routes/registration';
import { answersJson, NO_BODY } from '../answers';
import { operation } from '../operation';
import {
  INSTITUTION_EXAMPLE,
  institutionListSchema,
  operatedInstitutionSchema,
  PAUSED_EXAMPLE,
  PROFILE_EXAMPLE,
  PROFILE_REQUEST_EXAMPLE,
  profileSchema,
  REGISTRATION_EXAMPLE,
  REGISTRATION_OUTCOME_EXAMPLE,
  REGISTRATION_REQUEST_EXAMPLE,
  registrationOutcomeSchema,
  registrationSchema,
  resumedInstitutionSchema,
} from '../schemas/institution';

const REGISTRATION = '/v1/institutions/{institutionId}/registration';

/** What the bank may make of it, and what may keep us from asking. */
const OF_REGISTERING = [
  'institution_invalid',
  'institution_unknown',
  'registration_busy',
  'registration_refused',
  'registration_weakened',
  'registration_token_rejected',
  'registration_unmanaged',
  'registration_unknown',
  'institution_misconfigured',
  'as_metadata_unusable',
  'as_issuer_mismatch',
  'as_response_invalid',
  'as_unreachable',
  'engine_unavailable',
  'vault_unavailable',
  'step_timed_out',
] as const;

const REGISTERING = {
  200: answersJson('What became of it.', registrationOutcomeSchema, REGISTRATION_OUTCOME_EXAMPLE),
  202: answersJson('It goes on: read the registration to see how it stands.', registrationOutcomeSchema, {
    workflowId: 'registration/example-bank',
  }),
};

export const listInstitutionsOperation = operation({
  id: 'listInstitutions',
  method: 'get',
  path: '/v1/institutions',
  tag: 'Institutions',
  summary: 'The institutions you can ask for',
  access: { role: 'application', scope: 'consents:read' },
  answers: { 200: answersJson('All of them.', institutionListSchema, { institutions: [INSTITUTION_EXAMPLE] }) },
});

export const putInstitutionOperation = operation({
  id: 'putInstitution',
  method: 'put',
  path: '/v1/institutions/{institutionId}',
  tag: 'Institutions',
  summary: 'Add an institution, or replace its profile',
  description: 'While everything runs. The id in the profile is the one in the address.',
  access: { role: 'operator', action: 'institutions add' },
  body: { schema: profileSchema, limit: '64kb', examples: { least: PROFILE_REQUEST_EXAMPLE } },
  answers: { 200: answersJson('The profile as it is stored.', profileSchema, PROFILE_EXAMPLE) },
  failures: ['institution_invalid'],
});

export const getRegistrationOperation = operation({
  id: 'getRegistration',
  method: 'get',
  path: REGISTRATION,
  tag: 'Institutions',
  summary: 'How our registration at the bank stands',
  access: { role: 'operator' },
  answers: { 200: answersJson('The registration.', registrationSchema, REGISTRATION_EXAMPLE) },
  failures: ['registration_not_found'],
});

export const createRegistrationOperation = operation({
  id: 'createRegistration',
  method: 'post',
  path: REGISTRATION,
  tag: 'Institutions',
  summary: 'Register at the bank',
  description: 'And make the institution usable. The id in the file is the one in the address.',
  access: { role: 'operator', action: 'institutions register' },
  body: { schema: registrationFileSchema, limit: '64kb', examples: { least: REGISTRATION_REQUEST_EXAMPLE } },
  answers: REGISTERING,
  failures: [...OF_REGISTERING, 'registration_exists'],
});

export const updateRegistrationOperation = operation({
  id: 'updateRegistration',
  method: 'put',
  path: REGISTRATION,
  tag: 'Institutions',
  summary: 'Bring what the bank has registered in line',
  description: 'With the profile as it is stored, or with a changed file.',
  access: { role: 'operator', action: 'institutions registration update' },
  body: {
    schema: z.union([z.strictObject({}), registrationFileSchema.omit({ initialAccessToken: true })]),
    limit: '64kb',
    isOptional: true,
    examples: { changed: REGISTRATION_REQUEST_EXAMPLE },
  },
  answers: REGISTERING,
  failures: [...OF_REGISTERING, 'registration_not_found'],
});

export const deleteRegistrationOperation = operation({
  id: 'deleteRegistration',
  method: 'delete',
  path: REGISTRATION,
  tag: 'Institutions',
  summary: 'End our registration at the bank',
  access: { role: 'operator', action: 'institutions registration delete' },
  query: registrationDeletionQuerySchema,
  body: NO_BODY,
  answers: REGISTERING,
  failures: [...OF_REGISTERING, 'registration_not_found', 'registration_in_use'],
});

export const pauseInstitutionOperation = operation({
  id: 'pauseInstitution',
  method: 'post',
  path: '/v1/institutions/{institutionId}/pause',
  tag: 'Institutions',
  summary: 'Let new work at the bank wait',
  description: 'Nothing fails, and what has begun goes on.',
  access: { role: 'operator', action: 'institutions pause' },
  body: {
    schema: pauseSchema,
    limit: '64kb',
    isOptional: true,
    examples: { outage: { reason: 'The bank has an outage' } },
  },
  answers: { 200: answersJson('The institution, paused.', operatedInstitutionSchema, PAUSED_EXAMPLE) },
  failures: ['institution_unknown'],
});

export const resumeInstitutionOperation = operation({
  id: 'resumeInstitution',
  method: 'post',
  path: '/v1/institutions/{institutionId}/resume',
  tag: 'Institutions',
  summary: 'Let work at the bank go on',
  description: 'What waits to tell the bank of an end is woken.',
  access: { role: 'operator', action: 'institutions resume' },
  body: NO_BODY,
  answers: {
    200: answersJson('Work goes on.', resumedInstitutionSchema, { ...INSTITUTION_EXAMPLE, endingsRetried: 0 }),
    202: answersJson(
      'Work goes on, and waking goes on without the caller.',
      resumedInstitutionSchema,
      INSTITUTION_EXAMPLE,
    ),
  },
  failures: ['institution_unknown', 'engine_unavailable'],
});
