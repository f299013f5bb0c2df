import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson } from '../../src/evidence/canonical';
import { HeadTree } from '../../src/evidence/head-tree';
import { leafHashOf, leafOrderOf, rootBy, type ChainHead } from '../../src/evidence/merkle';

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 9162 §2.1.1, word for word. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [leaf] = leaves;
  if (leaf === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaf);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

const headsOf = (count: number): ChainHead[] =>
  Array.from({ length: count }, (_, index) => ({
    chain: `cns_${index}`,
    seq: index + 1,
    hash: createHash('sha256').update(String(index)).digest('hex'),
  }));

function treeOf(heads: readonly ChainHead[]): HeadTree {
  const tree = new HeadTree();
  for (const head of heads) tree.add(head);
  return tree;
}

const sizes = fc.integer({ min: 1, max: 70 });

test('the root is that of RFC 9162 §2.1.1 over the ends of the chains, in whatever order they come', () => {
  for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33]) {
    const heads = headsOf(size);
    const inOrder = [...heads].sort((left, right) => leafOrderOf(left.chain).compare(leafOrderOf(right.chain)));
    const expected = treeHash(inOrder.map(({ chain, hash, seq }) => Buffer.from(canonicalJson({ chain, hash, seq }))));
    expect([size, treeOf(heads).root()]).toEqual([size, expected.toString('hex')]);
    expect(treeOf([...heads].reverse()).root()).toBe(expected.toString('hex'));
  }
});

test('the path of every chain leads to the root, and that of none leads there for another end', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const heads = headsOf(size);
      const tree = treeOf(heads);
      for (const head of heads) {
        const { path, root } = tree.prove(head.chain);
        if (!path) throw new Error('no path');
        expect(rootBy(leafHashOf(head), path)?.toString('hex')).toBe(root);
        expect(rootBy(leafHashOf({ ...head, seq: head.seq + 1 }), path)?.toString('hex')).not.toBe(root);
      }
      expect(tree.prove('cns_stranger').path).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});

test('a path that was altered in any way leads elsewhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), fc.nat(), (size, which, node, how) => {
      const heads = headsOf(size);
      const head = heads[which % size] ?? headsOf(1)[0];
      const { path, root } = treeOf(heads).prove(head?.chain ?? '');
      if (!path || !head) throw new Error('no path');
      const at = node % path.nodes.length;
      const altered = [
        { ...path, leafIndex: path.leafIndex ^ 1 },
        { ...path, nodes: path.nodes.filter((_, index) => index !== at) },
        { ...path, nodes: [...path.nodes, path.nodes[0] ?? ''] },
        { ...path, nodes: path.nodes.map((each, index) => (index === at ? flipped(each, how) : each)) },
        { ...path, leafIndex: size },
      ];
      for (const each of altered) expect(rootBy(leafHashOf(head), each)?.toString('hex')).not.toBe(root);
    }),
    { numRuns: 100 },
  );
});

function flipped(hex: string, how: number): string {
  const bytes = Buffer.from(hex, 'hex');
  const at = how % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('hex');
}
