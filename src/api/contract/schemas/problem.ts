import { z } from 'zod';
import { FAILURES, type FailureCode } from '../../../domain/failures';
import { failureCode, type Sent } from './values';

const fault = z
  .strictObject({
    path: z.string().meta({ description: 'Where in the request: names with dots between, or empty for all of it.' }),
    message: z.string().meta({ description: 'What is wrong there, for an engineer.' }),
  })
  .meta({ id: 'RequestFault', description: 'One fault of a request.' });

/** @see RFC 9457 */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ format: 'uri', description: '`urn:fdx-consent:failure:` and the code.' }),
    title: z.string().meta({ description: 'What happened, the same for every occurrence.' }),
    status: z.int().min(200).max(599).meta({ description: 'The HTTP status.' }),
    code: failureCode,
    detail: z.string().meta({ description: 'What exactly, this time.' }).optional(),
    fix: z.string().meta({ description: 'What to do next.' }),
    errors: z.array(fault).meta({ description: 'Every fault of the request, where it has any.' }).optional(),
    requestId: z.string().meta({ description: 'What to name when asking us: the same as X-Request-Id.' }),
  })
  .meta({ id: 'Problem', description: 'A failure (RFC 9457). Switch on `code`; texts may change.' });

export type Problem = Sent<typeof problemSchema>;

/** The HTTP status that a failure is answered with. A person who said no is gone for good. */
export function statusOf(code: FailureCode): number {
  return FAILURES[code].kind === 'refused' ? 410 : FAILURES[code].status;
}

export function exampleProblem(code: FailureCode): Problem {
  const { title, fix } = FAILURES[code];
  return {
    type: `urn:fdx-consent:failure:${code}`,
    title,
    status: statusOf(code),
    code,
    fix,
    ...(code === 'request_invalid' && {
      errors: [{ path: 'purpose', message: 'expected string, received undefined' }],
    }),
    requestId: '0198a2b4-c6d8-7e10-b2f4-a6c8e0d2f4a6',
  };
}
