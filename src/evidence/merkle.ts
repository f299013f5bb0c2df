import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical';

/** Where a chain of events ended: its last event's number and hash. */
export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** The way from one leaf to the root: RFC 9162 §2.1.3. Its nodes are hashes and tell nothing of other chains. */
export interface InclusionPath {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Hexadecimal, from the leaf upwards. */
  readonly nodes: readonly string[];
}

/** RFC 9162 §2.1.1: what is hashed is marked as leaf or as node, so that neither can be taken for the other. */
export function leafHashOf({ chain, hash, seq }: ChainHead): Buffer {
  return sha256(LEAF, Buffer.from(canonicalJson({ chain, hash, seq }), 'utf8'));
}

export function nodeHashOf(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}

/** The leaves are in the order of this, which says nothing of when or for whom a chain began. */
export function leafOrderOf(chain: string): Buffer {
  return sha256(Buffer.from(chain, 'utf8'));
}

/** The root of a tree without leaves (RFC 9162 §2.1.1). */
export const EMPTY_ROOT = sha256();

/**
 * The root that a leaf and its path lead to (RFC 9162 §2.1.3.2).
 *
 * @returns undefined when the path is too long or too short for a tree of that size
 */
export function rootBy(leaf: Buffer, { leafIndex, treeSize, nodes }: InclusionPath): Buffer | undefined {
  if (leafIndex >= treeSize) return undefined;
  let [index, last, hash] = [leafIndex, treeSize - 1, leaf];
  for (const node of nodes.map((each) => Buffer.from(each, 'hex'))) {
    if (last === 0) return undefined;
    if (index % 2 === 1 || index === last) {
      hash = nodeHashOf(node, hash);
      // The last of a level that has no neighbour rises until it has one.
      while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)];
    } else {
      hash = nodeHashOf(hash, node);
    }
    [index, last] = [half(index), half(last)];
  }
  return last === 0 ? hash : undefined;
}

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

const half = (index: number): number => Math.floor(index / 2);

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
