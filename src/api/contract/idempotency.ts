import { z } from 'zod';
import type { FailureCode } from '../../domain/failures';
import type { Operation } from './operation';

/** Whether its requests may name themselves, so that they are carried out once however often they are sent. */
export function isRepeatable({ method, access }: Operation): boolean {
  return method === 'post' && (access.role === 'application' || access.role === 'operator');
}

/** What comes of the key alone. Nobody waits for who carries out a pure one, and nothing is given again. */
export function idempotencyFailuresOf(operation: Operation): readonly FailureCode[] {
  if (!isRepeatable(operation)) return [];
  const ofKey = ['idempotency_key_invalid', 'idempotency_key_reused'] as const;
  return operation.isPure ? ofKey : [...ofKey, 'idempotency_in_progress'];
}

/** Printable ASCII; in quotes, as a string of RFC 8941 §3.3.3, or without them. */
export const IDEMPOTENCY_KEY = /^(?:[!#-~](?:[ -~]{0,253}[!-~])?|"(?:[^"\\\x00-\x1f\x7f-\uffff]|\\["\\]){1,255}")$/;

export const idempotencyKeyHeader = z
  .string()
  .regex(IDEMPOTENCY_KEY)
  .meta({
    param: { id: 'IdempotencyKey' },
    description:
      'Names this request: a new UUID for each that you mean. The same request with the same key is carried out once and answered alike (docs/api-habits.md).',
    examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'],
  })
  .optional();

export const IDEMPOTENCY_REPLAYED = {
  'Idempotency-Replayed': z
    .literal('true')
    .meta({
      header: { id: 'Idempotency-Replayed' },
      description: 'The answer was given before, to a request with the same Idempotency-Key.',
    })
    .optional(),
};
