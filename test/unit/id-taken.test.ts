import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { failureHandler } from '../../src/api/problem';
import { isIdTaken } from '../../src/store/database';
import { silent } from '../integration/support/own-books';

/** As PostgreSQL says it. */
const violation = (constraint: string) => Object.assign(new Error('duplicate key'), { code: '23505', constraint });

/** What whoever asks is told when a statement fails so, with and without an Idempotency-Key. */
async function told(error: Error, hasClaim: boolean): Promise<unknown[]> {
  const app = express()
    .get('/', (_request, response) => {
      if (hasClaim) response.locals['claim'] = { kind: 'ours', id: 'idm_1', attempt: 1 };
      throw error;
    })
    .use(failureHandler(silent()));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const { code } = (await answer.json()) as { code: unknown };
    return [answer.status, code, answer.headers.get('retry-after')];
  } finally {
    server.close();
  }
}

test('an id of a request that names itself, taken by somebody else, means that the same one is under way', async () => {
  expect(await told(violation('webhook_secrets_pkey'), true)).toEqual([409, 'idempotency_in_progress', '5']);
});

test.each([
  ['of a request that does not name itself', violation('webhook_secrets_pkey'), false],
  ['of something that is no id', violation('invitations_launch_hash_key'), true],
])('%s is told as what it is: broken', async (_, error, hasClaim) => {
  expect(await told(error, hasClaim)).toEqual([500, 'internal_error', null]);
});

test('no other error says that an id is taken', () => {
  for (const error of [undefined, null, 'text', new Error('x'), { code: '23503', constraint: 'consents_pkey' }])
    expect(isIdTaken(error)).toBe(false);
});
