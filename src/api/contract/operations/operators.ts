import { legalHoldSchema } from '../../routes/legal-holds';
import { taskClosingSchema } from '../../routes/operator-tasks';
import { payloadsSchema, subjectOfDecode } from '../../routes/codec';
import { listingQuerySchema } from '../../request-input';
import { answersJson, NO_BODY } from '../answers';
import { operation } from '../operation';
import {
  CLOSED_TASK_EXAMPLE,
  decodedPayloadsSchema,
  erasureSchema,
  HOLD_EXAMPLE,
  holdListSchema,
  holdSchema,
  RELEASED_HOLD_EXAMPLE,
  retriedTaskSchema,
  TASK_EXAMPLE,
  taskListSchema,
  taskSchema,
} from '../schemas/operators';
import { exampleIdOf } from '../schemas/values';

const READ = { role: 'operator' } as const;

const PAYLOADS_EXAMPLE = {
  payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'eyJ2ZXJzaW9uIjoyfQ==' }],
};

export const listOperatorTasksOperation = operation({
  id: 'listOperatorTasks',
  method: 'get',
  path: '/v1/operator-tasks',
  tag: 'Operators',
  summary: 'What waits for an operator, oldest first',
  access: READ,
  query: listingQuerySchema,
  answers: { 200: answersJson('The tasks.', taskListSchema, { tasks: [TASK_EXAMPLE] }) },
});

export const retryOperatorTaskOperation = operation({
  id: 'retryOperatorTask',
  method: 'post',
  path: '/v1/operator-tasks/{taskId}/retry',
  tag: 'Operators',
  summary: 'Try again now',
  access: { role: 'operator', action: 'tasks retry' },
  body: NO_BODY,
  answers: { 200: answersJson('The task.', retriedTaskSchema, { ...TASK_EXAMPLE, isRetried: true }) },
  failures: ['operator_task_not_found', 'engine_unavailable'],
});

export const closeOperatorTaskOperation = operation({
  id: 'closeOperatorTask',
  method: 'post',
  path: '/v1/operator-tasks/{taskId}/close',
  tag: 'Operators',
  summary: 'Say that it was settled with the bank',
  access: { role: 'operator', action: 'tasks close' },
  body: {
    schema: taskClosingSchema,
    limit: '64kb',
    examples: { byHand: { resolution: 'The bank has ended the grant by hand' } },
  },
  answers: { 200: answersJson('The task, closed.', taskSchema, CLOSED_TASK_EXAMPLE) },
  failures: ['operator_task_not_found', 'engine_unavailable'],
});

export const listLegalHoldsOperation = operation({
  id: 'listLegalHolds',
  method: 'get',
  path: '/v1/legal-holds',
  tag: 'Operators',
  summary: 'Legal holds, the newest first',
  access: READ,
  query: listingQuerySchema,
  answers: { 200: answersJson('The holds.', holdListSchema, { holds: [HOLD_EXAMPLE] }) },
});

export const releaseLegalHoldOperation = operation({
  id: 'releaseLegalHold',
  method: 'post',
  path: '/v1/legal-holds/{holdId}/release',
  tag: 'Operators',
  summary: 'End a legal hold',
  description: 'Others on the same consent may be in force.',
  access: { role: 'operator', action: 'holds release' },
  body: NO_BODY,
  answers: { 200: answersJson('The hold, released.', holdSchema, RELEASED_HOLD_EXAMPLE) },
  failures: ['hold_not_found'],
});

export const placeLegalHoldOperation = operation({
  id: 'placeLegalHold',
  method: 'post',
  path: '/v1/consents/{consentId}/legal-holds',
  tag: 'Operators',
  summary: 'Let nothing of a consent be deleted',
  access: { role: 'operator', action: 'holds place' },
  body: { schema: legalHoldSchema, limit: '64kb', examples: { order: { reason: 'Case 2026-17' } } },
  answers: { 201: answersJson('The hold is in force.', holdSchema, HOLD_EXAMPLE) },
});

export const erasePersonOperation = operation({
  id: 'erasePerson',
  method: 'post',
  path: '/v1/consents/{consentId}/erasure',
  tag: 'Operators',
  summary: 'Forget the person of an ended consent',
  access: { role: 'operator', action: 'consents erase' },
  body: NO_BODY,
  answers: {
    200: answersJson('The person is forgotten.', erasureSchema, {
      consentId: exampleIdOf('consent'),
      certificateId: exampleIdOf('certificate'),
    }),
    202: answersJson('It goes on: ask again to learn how it ended.', erasureSchema, {
      consentId: exampleIdOf('consent'),
    }),
  },
  failures: ['consent_not_ended', 'consent_held', 'erasure_waits_for_bank', 'evidence_removed', 'engine_unavailable'],
});

export const decodePayloadsOperation = operation({
  id: 'decodePayloads',
  method: 'post',
  path: '/codec/decode',
  tag: 'Operators',
  summary: 'Open payloads for the Temporal UI',
  description: "By Temporal's remote codec protocol. Who asked and for what is written down.",
  access: { role: 'operator', action: 'codec decode', about: subjectOfDecode },
  body: { schema: payloadsSchema, limit: '8mb', examples: { one: PAYLOADS_EXAMPLE } },
  answers: { 200: answersJson('The payloads, opened.', decodedPayloadsSchema, PAYLOADS_EXAMPLE) },
  failures: ['vault_unavailable'],
  isPure: true,
});
