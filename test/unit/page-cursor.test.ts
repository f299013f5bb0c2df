import { randomBytes } from 'node:crypto';
import {
  openCursor,
  sealCursor,
  CURSOR_LIFE_MS,
  type ListPosition,
  type ListRequest,
} from '../../src/data-access/page-cursor';
import type { AuthorizationId } from '../../src/domain/ids';
import type { DataKey } from '../../src/store/vault';
import { vaultWith } from './support/vault';

const GRANT = 'aut_1' as AuthorizationId;
const NOW = Date.parse('2026-11-24T15:00:00Z');
const vault = vaultWith(`k1:${randomBytes(32).toString('base64url')}`);

const POSITION: ListPosition = {
  name: 'transactions',
  ids: { accountId: 'a' },
  query: { startTime: '2026-08-26', endTime: '2026-11-24', limit: '20' },
  next: 'https://bank.example/fdx/v6/accounts/a/transactions?pageKey=k',
  begunAt: NOW,
};

let dataKey: DataKey;
let cursor: string;
beforeAll(async () => {
  ({ dataKey } = await vault.createDataKey('cns_1'));
  cursor = await sealCursor(dataKey, GRANT, POSITION);
});

const asked = (changes: Partial<ListRequest> = {}): ListRequest => ({
  name: 'transactions',
  ids: { accountId: 'a' },
  query: {},
  ...changes,
});
const open = (changes: Partial<ListRequest> = {}, at = NOW) => openCursor(dataKey, GRANT, cursor, asked(changes), at);

describe('a page cursor', () => {
  test.each<[string, Partial<ListRequest>]>([
    ['no query', {}],
    ['the whole query', { query: POSITION.query }],
    ['a part of the query', { query: { limit: '20' } }],
    ['parameters that are not there', { query: { resultType: undefined } }],
  ])('opens with %s', async (_, changes) => {
    expect(await open(changes)).toEqual(POSITION);
  });

  test.each<[string, Partial<ListRequest>]>([
    ['another list', { name: 'statements' }],
    ['another account', { ids: { accountId: 'b' } }],
    ['another limit', { query: { limit: '21' } }],
    ['other dates', { query: { startTime: '2026-08-27', endTime: '2026-11-24' } }],
    ['a parameter more', { query: { accountIds: 'a' } }],
  ])('does not open with %s', async (_, changes) => {
    await expect(open(changes)).rejects.toMatchObject({ code: 'cursor_invalid' });
  });

  test('opens for a day from the first page on', async () => {
    expect(await open({}, NOW + CURSOR_LIFE_MS - 1)).toEqual(POSITION);
    await expect(open({}, NOW + CURSOR_LIFE_MS)).rejects.toMatchObject({ code: 'cursor_invalid' });
  });

  test('opens for its own grant and consent only', async () => {
    const { dataKey: another } = await vault.createDataKey('cns_2');
    for (const [key, grant] of [
      [another, GRANT],
      [dataKey, 'aut_2' as AuthorizationId],
    ] as const) {
      await expect(openCursor(key, grant, cursor, asked(), NOW)).rejects.toMatchObject({ code: 'cursor_invalid' });
    }
  });

  test('does not open with one character changed, wherever it is', async () => {
    for (let at = 0; at < cursor.length; at += 1) {
      const altered = cursor.slice(0, at) + (cursor[at] === 'A' ? 'Q' : 'A') + cursor.slice(at + 1);
      await expect(openCursor(dataKey, GRANT, altered, asked(), NOW)).rejects.toMatchObject({ code: 'cursor_invalid' });
    }
  });

  test('is nothing else that was sealed with the same key', async () => {
    const tokens = await dataKey.seal('tokens', GRANT, POSITION);
    await expect(openCursor(dataKey, GRANT, tokens, asked(), NOW)).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});
