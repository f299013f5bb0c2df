import { z } from 'zod';
import type { FailureCode } from '../../domain/failures';
import type { Answer, Habit, Operation } from './operation';

/** How operations are described that have one of the habits of HTTP: docs/api-habits.md. */

const ENTITY_TAG = { ETag: { description: 'Of what is answered (RFC 9110 §8.8.3).', isAlways: true } } as const;

interface Described {
  readonly requestHeaders: Readonly<Record<string, z.ZodType>>;
  readonly answerHeaders?: Answer['headers'];
  readonly failures?: readonly FailureCode[];
}

const HABITS: Readonly<Record<Habit, Described>> = {
  'entity-tag': {
    requestHeaders: {
      'If-None-Match': z.string().optional().meta({ description: 'Entity tags of what you have (RFC 9110 §13.1.2).' }),
    },
    answerHeaders: ENTITY_TAG,
  },
  'if-match': {
    requestHeaders: {
      'If-Match': z.string().optional().meta({
        description: 'The ETag of the consent as you have seen it: nothing is done to another (RFC 9110 §13.1.1).',
      }),
    },
    failures: ['precondition_failed'],
  },
  wait: {
    requestHeaders: {
      Prefer: z.string().optional().meta({
        description: '`wait=N`: answered once there is something to say, or after N seconds, 60 at most (RFC 7240).',
      }),
    },
    answerHeaders: {
      'Preference-Applied': { description: '`wait=N`, where it was heeded. Absent: answered at once (RFC 7240 §3).' },
    },
    failures: ['prefer_invalid'],
  },
};

function habitsOf({ habits = [] }: Operation): readonly Described[] {
  return habits.map((habit) => HABITS[habit]);
}

/** Request headers that come with its habits. */
export function habitRequestHeadersOf(operation: Operation): Readonly<Record<string, z.ZodType>> {
  return Object.assign({}, ...habitsOf(operation).map(({ requestHeaders }) => requestHeaders)) as Record<
    string,
    z.ZodType
  >;
}

/** Its answers, with the headers that come with its habits, and with 304. */
export function habitAnswersOf(operation: Operation): Operation['answers'] {
  const { answers, habits = [] } = operation;
  const headers = Object.assign({}, ...habitsOf(operation).map(({ answerHeaders }) => answerHeaders)) as object;
  const all = habits.includes('entity-tag') ? { ...answers, 304: { description: 'You have it.' } } : answers;
  return Object.fromEntries(
    Object.entries(all).map(([status, answer]) => [status, { ...answer, headers: { ...answer.headers, ...headers } }]),
  );
}

export function habitFailuresOf(operation: Operation): readonly FailureCode[] {
  return habitsOf(operation).flatMap(({ failures = [] }) => failures);
}
