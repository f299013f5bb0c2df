import { z } from 'zod';
import { dataQuerySchemaOf } from '../../../data-access/data-query';
import { dataResources, type DataResource, type DataResourceName } from '../../../data-access/resources';
import { delegatedCallSchema } from '../../delegated-call-request';
import { answersJson } from '../answers';
import { operation, type Answer, type Operation } from '../operation';
import { DATA_EXAMPLES, dataDocumentSchema, DELEGATED_CALL_EXAMPLE, delegatedCallAnswerSchema } from '../schemas/data';

const interactionId = z.uuid().meta({ examples: ['c770aef3-6784-41f7-8e0e-ff5f97bddb3a'] });

const ACTOR = {
  'FDX-API-Actor-Type': z
    .enum(['USER', 'BATCH'])
    .default('BATCH')
    .meta({ description: 'USER when the person is there: banks count and limit the two apart.' }),
};

const INTERACTION = {
  'x-fapi-interaction-id': z
    .string()
    .optional()
    .meta({
      description: 'A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours.',
      examples: ['c770aef3-6784-41f7-8e0e-ff5f97bddb3a'],
    }),
};

const FOLLOWED = {
  'x-fapi-interaction-id': {
    description: 'The id of the interaction, as the bank knows it; also on failures once the request was read.',
    schema: interactionId,
    isAlways: true,
  },
} as const;

/** What is judged before the bank is asked. */
const JUDGED = [
  'institution_paused',
  'consent_not_connected',
  'consent_ended',
  'cluster_not_granted',
  'account_not_granted',
  'lookback_exceeded',
  'cursor_invalid',
  'reauthorization_needed',
] as const;

/** What tokens that work may take, at the authorization server of the bank. */
const OF_TOKENS = [
  'institution_misconfigured',
  'as_metadata_unusable',
  'as_issuer_mismatch',
  'as_client_rejected',
  'as_request_rejected',
  'as_response_invalid',
  'as_keys_unreachable',
  'as_unreachable',
  'id_token_invalid',
  'sender_certificate_changed',
  'signing_unavailable',
  'vault_unavailable',
  'engine_unavailable',
] as const;

const OF_BANK = [
  'grant_in_doubt',
  'data_request_refused',
  'data_not_found',
  'data_not_offered',
  'account_closed',
  'representation_unavailable',
  'institution_busy',
  'fdx_rate_limited',
  'fdx_unreachable',
  'fdx_request_rejected',
  'fdx_response_invalid',
] as const;

function pathOf({ path }: DataResource): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** `/v1/consents/{consentId}` and the path of each resource. */
const DATA_OPERATIONS: readonly (readonly [DataResourceName, Operation])[] = dataResources().map(([name, resource]) => [
  name,
  operation({
    id: `get${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    method: 'get',
    path: `/v1/consents/{consentId}${pathOf(resource)}`,
    tag: 'Data',
    summary: `The person's ${wordsOf(name)} at their bank`,
    description: descriptionOf(resource),
    access: { role: 'application', scope: 'data:read' },
    query: dataQuerySchemaOf(resource),
    headers: z.object({ ...INTERACTION, ...ACTOR }),
    answers: answersOf(name, resource),
    failures: [...JUDGED, ...OF_TOKENS, ...OF_BANK],
  }),
]);

export function dataOperations(): readonly (readonly [DataResourceName, Operation])[] {
  return DATA_OPERATIONS;
}

function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function descriptionOf({ clusters, list }: DataResource): string {
  const pages = list === undefined ? '' : ' A list comes in pages: ask for the next one with `cursor`.';
  return `Needs one of these clusters to be granted: ${clusters.join(', ')}.${pages} Nothing of it is kept here.`;
}

function answersOf(name: DataResourceName, { isDocument }: DataResource): Readonly<Record<number, Answer>> {
  if (isDocument) {
    const file = {
      content: { '*/*': { schema: z.string().meta({ format: 'binary' }) } },
      headers: {
        ...FOLLOWED,
        'Content-Disposition': { description: 'Always `attachment`.', isAlways: true },
      },
    } as const;
    return {
      200: { description: 'The file as the bank has it, in the form it has.', ...file },
      206: { description: 'A part of it, where the bank has no more.', ...file },
    };
  }
  const schema = dataDocumentSchema(name);
  const example = DATA_EXAMPLES[name];
  return {
    200: answersJson("The bank's document.", schema, example, FOLLOWED),
    206: answersJson('A part of it, where the bank has no more.', schema, example, FOLLOWED),
  };
}

export const createDelegatedCallOperation = operation({
  id: 'createDelegatedCall',
  method: 'post',
  path: '/v1/consents/{consentId}/delegated-calls',
  tag: 'Data',
  summary: 'What carries one request for data to the bank yourself',
  description: 'Off unless an operator has allowed it: docs/delegated-calls.md.',
  access: { role: 'application', scope: 'data:delegate' },
  headers: z.object(INTERACTION),
  body: {
    schema: delegatedCallSchema,
    limit: '64kb',
    examples: { transactions: { path: '/accounts/100200/transactions', query: { limit: '100' } } },
  },
  answers: {
    201: answersJson(
      'The request, with all that opens it.',
      delegatedCallAnswerSchema,
      DELEGATED_CALL_EXAMPLE,
      FOLLOWED,
    ),
  },
  failures: [
    'delegation_not_allowed',
    'delegation_not_possible',
    ...JUDGED,
    ...OF_TOKENS,
    'fdx_rate_limited',
    'fdx_unreachable',
  ],
});
