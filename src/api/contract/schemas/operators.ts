import { z } from 'zod';
import { exampleIdOf, failureNote, idOf, instant, institutionId } from './values';

const task = {
  id: idOf('task'),
  kind: z.literal('grant_ending_failed').meta({ description: 'What a machine could not do.' }),
  consentId: idOf('consent').optional(),
  authorizationId: idOf('authorization', 'The trip to the bank whose grant it is about.').optional(),
  institutionId: institutionId.optional(),
  failure: failureNote.optional(),
  openedAt: instant,
  closedAt: instant.optional(),
  resolution: z.string().meta({ description: 'How it was settled with the bank.' }).optional(),
};

export const taskSchema = z
  .strictObject(task)
  .meta({ id: 'OperatorTask', description: 'What a machine could not do, and a person must look at.' });

export const taskListSchema = z
  .strictObject({ tasks: z.array(taskSchema) })
  .meta({ id: 'OperatorTaskList', description: 'Tasks, oldest first; at most 1,000.' });

export const retriedTaskSchema = z
  .strictObject({ ...task, isRetried: z.boolean().meta({ description: 'Whether a workflow was there to be told.' }) })
  .meta({ id: 'RetriedOperatorTask', description: 'A task that was tried again.' });

export const holdSchema = z
  .strictObject({
    id: idOf('legalHold'),
    consentId: idOf('consent'),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: instant,
    releasedAt: instant.optional(),
    releasedBy: z.string().optional(),
  })
  .meta({ id: 'LegalHold', description: 'An order not to delete anything of a consent.' });

export const holdListSchema = z
  .strictObject({ holds: z.array(holdSchema) })
  .meta({ id: 'LegalHoldList', description: 'Holds, the newest first; at most 1,000.' });

export const erasureSchema = z
  .strictObject({
    consentId: idOf('consent'),
    certificateId: idOf(
      'certificate',
      'The certificate of all that was destroyed; absent while it goes on.',
    ).optional(),
  })
  .meta({ id: 'Erasure', description: 'How far forgetting a person has come.' });

export const decodedPayloadsSchema = z
  .strictObject({
    payloads: z.array(z.strictObject({ metadata: z.record(z.string(), z.string()), data: z.string() })),
  })
  .meta({ id: 'DecodedPayloads', description: "Payloads in Protobuf's JSON form, opened." });

// — examples

export const TASK_EXAMPLE = {
  id: exampleIdOf('task'),
  kind: 'grant_ending_failed',
  consentId: exampleIdOf('consent'),
  authorizationId: exampleIdOf('authorization'),
  institutionId: 'example-bank',
  openedAt: '2026-02-01T09:00:00.000Z',
} as const;

export const CLOSED_TASK_EXAMPLE = {
  ...TASK_EXAMPLE,
  closedAt: '2026-02-02T09:00:00.000Z',
  resolution: 'The bank has ended the grant by hand',
} as const;

export const HOLD_EXAMPLE = {
  id: exampleIdOf('legalHold'),
  consentId: exampleIdOf('consent'),
  reason: 'Case 2026-17',
  placedBy: 'operator:key_0198a2b4c6d87e10b2f4a6c8e0d2f4a6',
  placedAt: '2026-02-01T09:00:00.000Z',
} as const;

export const RELEASED_HOLD_EXAMPLE = {
  ...HOLD_EXAMPLE,
  releasedAt: '2026-03-01T09:00:00.000Z',
  releasedBy: 'operator:key_0198a2b4c6d87e10b2f4a6c8e0d2f4a6',
} as const;
