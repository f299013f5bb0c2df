/** What the bank remembers, whatever it is kept in: one small record per kind and id. */
export interface RecordStore {
  find(kind: string, id: string): Promise<unknown>;
  findByUid(kind: string, uid: string): Promise<unknown>;
  list(kind: string): Promise<unknown[]>;
  save(kind: string, id: string, payload: object, marks?: RecordMarks): Promise<void>;
  /** Marks a record as used, once: `false` says that somebody else was first, or that there is no such record. */
  consume(kind: string, id: string, consumedAt: number): Promise<boolean>;
  destroy(kind: string, id: string): Promise<void>;
  destroyByGrant(kind: string, grantId: string): Promise<void>;
  close(): Promise<void>;
}

export interface RecordMarks {
  /** Absent: kept for good, as consents and the bank's keys are. */
  expiresInSeconds?: number | undefined;
  grantId?: string | undefined;
  uid?: string | undefined;
}

/** Expired records cost memory, not correctness, since every read checks: half a minute of leftovers is little. */
export const SWEEP_INTERVAL_MILLISECONDS = 30_000;
