import { type RecordMarks, type RecordStore, SWEEP_INTERVAL_MILLISECONDS } from './records';

interface MemoryRecord {
  json: string;
  expiresAt: number;
  grantId: string | undefined;
  uid: string | undefined;
}

/**
 * Everything in this process, gone when it ends. Records are kept as JSON text so that callers can not share and
 * mutate them, exactly as with a database. Unlike oidc-provider's own default, nothing is evicted before it expires, and what
 * the bank takes the time to be does not matter: a life is a span. A database has a clock of its own, too.
 */
export class MemoryStore implements RecordStore {
  readonly #kinds = new Map<string, Map<string, MemoryRecord>>();
  readonly #idsByGrant = new Map<string, Set<string>>();
  readonly #idByUid = new Map<string, string>();
  readonly #sweeper = setInterval(() => {
    this.#sweep();
  }, SWEEP_INTERVAL_MILLISECONDS).unref();

  find(kind: string, id: string): Promise<unknown> {
    const record = this.#live(kind, id);
    return Promise.resolve(record && JSON.parse(record.json));
  }

  findByUid(kind: string, uid: string): Promise<unknown> {
    const id = this.#idByUid.get(indexKey(kind, uid));
    return id === undefined ? Promise.resolve(undefined) : this.find(kind, id);
  }

  list(kind: string): Promise<unknown[]> {
    const now = performance.now();
    const records = [...this.#kind(kind).values()].filter((record) => record.expiresAt > now);
    return Promise.resolve(records.map((record): unknown => JSON.parse(record.json)));
  }

  save(kind: string, id: string, payload: object, marks: RecordMarks = {}): Promise<void> {
    this.#remove(kind, id);
    const { expiresInSeconds, grantId, uid } = marks;
    const expiresAt = expiresInSeconds === undefined ? Infinity : performance.now() + expiresInSeconds * 1000;
    this.#kind(kind).set(id, { json: JSON.stringify(payload), expiresAt, grantId, uid });
    if (uid !== undefined) this.#idByUid.set(indexKey(kind, uid), id);
    if (grantId !== undefined) {
      const key = indexKey(kind, grantId);
      const ids = this.#idsByGrant.get(key) ?? new Set();
      this.#idsByGrant.set(key, ids.add(id));
    }
    return Promise.resolve();
  }

  consume(kind: string, id: string, consumedAt: number): Promise<boolean> {
    const record = this.#live(kind, id);
    const payload = record && (JSON.parse(record.json) as { consumed?: number });
    if (!payload || payload.consumed !== undefined) return Promise.resolve(false);
    record.json = JSON.stringify({ ...payload, consumed: consumedAt });
    return Promise.resolve(true);
  }

  destroy(kind: string, id: string): Promise<void> {
    this.#remove(kind, id);
    return Promise.resolve();
  }

  destroyByGrant(kind: string, grantId: string): Promise<void> {
    for (const id of [...(this.#idsByGrant.get(indexKey(kind, grantId)) ?? [])]) this.#remove(kind, id);
    return Promise.resolve();
  }

  close(): Promise<void> {
    clearInterval(this.#sweeper);
    return Promise.resolve();
  }

  #kind(kind: string): Map<string, MemoryRecord> {
    const known = this.#kinds.get(kind);
    if (known) return known;
    const records = new Map<string, MemoryRecord>();
    this.#kinds.set(kind, records);
    return records;
  }

  #live(kind: string, id: string): MemoryRecord | undefined {
    const record = this.#kind(kind).get(id);
    return record && record.expiresAt > performance.now() ? record : undefined;
  }

  #remove(kind: string, id: string): void {
    const record = this.#kind(kind).get(id);
    if (!record) return;
    this.#kind(kind).delete(id);
    if (record.uid !== undefined && this.#idByUid.get(indexKey(kind, record.uid)) === id) {
      this.#idByUid.delete(indexKey(kind, record.uid));
    }
    if (record.grantId === undefined) return;
    const key = indexKey(kind, record.grantId);
    const ids = this.#idsByGrant.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#idsByGrant.delete(key);
  }

  #sweep(): void {
    const now = performance.now();
    for (const [kind, records] of this.#kinds) {
      for (const [id, record] of records) if (record.expiresAt <= now) this.#remove(kind, id);
    }
  }
}

const indexKey = (kind: string, value: string): string => `${kind} ${value}`;
