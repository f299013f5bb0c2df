import { EMPTY_ROOT, leafHashOf, leafOrderOf, nodeHashOf, type ChainHead, type InclusionPath } from './merkle';

const HASH_BYTES = 32;
/** What is kept of a chain: where its leaf stands, and the leaf. A million chains are 64 MB. */
const ENTRY_BYTES = 2 * HASH_BYTES;

/** The Merkle tree over the ends of all chains. Chains may be added in any order; the root is the same. */
export class HeadTree {
  #entries = Buffer.alloc(1_024 * ENTRY_BYTES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(head: ChainHead): void {
    const at = this.#size * ENTRY_BYTES;
    if (at === this.#entries.length) this.#entries = Buffer.concat([this.#entries, Buffer.alloc(at)]);
    leafOrderOf(head.chain).copy(this.#entries, at);
    leafHashOf(head).copy(this.#entries, at + HASH_BYTES);
    this.#size += 1;
  }

  /** SHA-256, hexadecimal. */
  root(): string {
    return this.#climb().root;
  }

  /** @returns the root, and the path of a chain where it is one of the leaves */
  prove(chain: string): { readonly root: string; readonly path?: InclusionPath } {
    return this.#climb(leafOrderOf(chain));
  }

  #climb(wanted?: Buffer): { readonly root: string; readonly path?: InclusionPath } {
    if (this.#size === 0) return { root: EMPTY_ROOT.toString('hex') };
    const order = this.#order();
    const leafIndex = wanted === undefined ? -1 : order.findIndex((entry) => this.#keyOf(entry).equals(wanted));
    const nodes: string[] = [];
    // Level by level; the last of a level without a neighbour rises as it is, which is the tree of RFC 9162 §2.1.1.
    let level: Buffer = Buffer.concat([...order].map((entry) => this.#leafOf(entry)));
    for (let index = leafIndex; level.length > HASH_BYTES; index = Math.floor(index / 2)) {
      const neighbour = index % 2 === 0 ? index + 1 : index - 1;
      if (leafIndex >= 0 && neighbour * HASH_BYTES < level.length) nodes.push(hashAt(level, neighbour).toString('hex'));
      level = levelAbove(level);
    }
    const root = level.toString('hex');
    return leafIndex < 0 ? { root } : { root, path: { leafIndex, treeSize: this.#size, nodes } };
  }

  #order(): Uint32Array {
    // Six bytes tell nearly all apart, and compare as numbers.
    const begins = new Float64Array(this.#size).map((_, entry) => this.#entries.readUIntBE(entry * ENTRY_BYTES, 6));
    const byBegin = (left: number, right: number): number => (begins[left] ?? 0) - (begins[right] ?? 0);
    const order = new Uint32Array(this.#size).map((_, entry) => entry);
    return order.sort((left, right) => byBegin(left, right) || this.#keyOf(left).compare(this.#keyOf(right)));
  }

  #keyOf(entry: number): Buffer {
    return this.#entries.subarray(entry * ENTRY_BYTES, entry * ENTRY_BYTES + HASH_BYTES);
  }

  #leafOf(entry: number): Buffer {
    return this.#entries.subarray(entry * ENTRY_BYTES + HASH_BYTES, (entry + 1) * ENTRY_BYTES);
  }
}

function hashAt(level: Buffer, index: number): Buffer {
  return level.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
}

function levelAbove(level: Buffer): Buffer {
  const count = level.length / HASH_BYTES;
  const above = Buffer.alloc(Math.ceil(count / 2) * HASH_BYTES);
  for (let index = 0; index < count; index += 2) {
    const left = hashAt(level, index);
    const hash = index + 1 < count ? nodeHashOf(left, hashAt(level, index + 1)) : left;
    hash.copy(above, (index / 2) * HASH_BYTES);
  }
  return above;
}
