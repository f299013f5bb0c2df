import type { ConsentId } from '../../src/domain/ids';
import { openJointly, sealJointly } from '../../src/store/joint-seal';
import type { DataKey } from '../../src/store/vault';
import { vaultWith } from './support/vault';

const ID = (n: number) => `cns_${n}` as ConsentId;

async function keysOf(count: number): Promise<Map<ConsentId, DataKey>> {
  const vault = vaultWith(`one:${Buffer.alloc(32, 1).toString('base64url')}`);
  const ids = Array.from({ length: count }, (_, index) => ID(index));
  return new Map(await Promise.all(ids.map(async (id) => [id, (await vault.createDataKey(id)).dataKey] as const)));
}

const seal = (keys: Map<ConsentId, DataKey>) => sealJointly(keys, 'idempotent-view', 'idm_1', { said: 'this' });

test.each([1, 2, 7])('what is sealed under the keys of %i consents opens with all of them', async (count) => {
  const keys = await keysOf(count);
  expect(await openJointly(keys, 'idempotent-view', 'idm_1', await seal(keys))).toEqual({ said: 'this' });
});

test('with one of them lacking, or another one in its place, nothing opens', async () => {
  const keys = await keysOf(3);
  const sealed = await seal(keys);
  const others = await keysOf(1);
  for (const id of keys.keys()) {
    const lacking = new Map([...keys].filter(([each]) => each !== id));
    await expect(openJointly(lacking, 'idempotent-view', 'idm_1', sealed)).rejects.toThrow('key ring');
    const swapped = new Map([...keys, [id, others.get(ID(0)) as DataKey]]);
    await expect(openJointly(swapped, 'idempotent-view', 'idm_1', sealed)).rejects.toThrow('does not open');
  }
});

test('the shares of fewer than all say nothing of the key: leaving one out leaves another key', async () => {
  const keys = await keysOf(3);
  const { sealed, shares } = await seal(keys);
  const { [ID(2)]: left, ...fewer } = shares;
  expect(left).toBeDefined();
  await expect(openJointly(keys, 'idempotent-view', 'idm_1', { sealed, shares: fewer })).rejects.toThrow(
    'does not open',
  );
});

test('an answer that was moved to another request, or read as another kind, does not open', async () => {
  const keys = await keysOf(2);
  const sealed = await seal(keys);
  await expect(openJointly(keys, 'idempotent-view', 'idm_2', sealed)).rejects.toThrow('belongs elsewhere');
  await expect(openJointly(keys, 'idempotent-answer', 'idm_1', sealed)).rejects.toThrow('belongs elsewhere');
});
