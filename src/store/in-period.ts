import { sql } from 'kysely';
import type { Database } from './database';

/** Where a row stands among others: by time, and by its key among those of one instant. */
export interface Place {
  /** As PostgreSQL writes it, to the last microsecond. */
  readonly at: string;
  readonly key: readonly string[];
}

export interface Placed {
  readonly place: Place;
}

/** Rows behind a place and before an instant, in their order; fewer than the limit when there are no more. */
export type RowsAfter<Row extends Placed> = (
  database: Database,
  after: Place,
  to: Date,
  limit: number,
) => Promise<readonly Row[]>;

export interface Period {
  readonly from: Date;
  /** Not in it. */
  readonly to: Date;
}

const PAGE = 1_000;
/** A row says when it was made, and is seen when its transaction has committed: three times what a statement of ours may take later. */
const SETTLED_AFTER_SECONDS = 30;
/** What is left when the rest has been read is read at one instant. */
const SHORT_MS = 5_000;

/**
 * All rows of a period that there are, each once, page by page, while others are written. No connection is held between pages, but
 * for the last half minute before now: rows that were made then may still come, in any order, and are read as they are at one instant.
 *
 * @param firstKey below all keys
 */
export async function* rowsIn<Row extends Placed>(
  database: Database,
  { from, to }: Period,
  firstKey: readonly string[],
  rowsAfter: RowsAfter<Row>,
): AsyncGenerator<readonly Row[], void, undefined> {
  let place: Place = { at: from.toISOString(), key: firstKey };
  let done = from;
  for (;;) {
    const settled = await settledBefore(database);
    const end = settled < to ? settled : to;
    if (end.getTime() - done.getTime() <= SHORT_MS && end < to) break;
    for await (const page of pagesUntil(database, place, end, rowsAfter)) {
      place = page.at(-1)?.place ?? place;
      yield page;
    }
    if (end >= to) return;
    done = end;
  }
  const snapshot = await database
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    yield* pagesUntil(snapshot, place, to, rowsAfter);
  } finally {
    // It has changed nothing, and whoever broke off has heard why.
    await snapshot
      .rollback()
      .execute()
      .catch(() => undefined);
  }
}

async function* pagesUntil<Row extends Placed>(
  database: Database,
  start: Place,
  end: Date,
  rowsAfter: RowsAfter<Row>,
): AsyncGenerator<readonly Row[], void, undefined> {
  for (let place = start; ;) {
    const page = await rowsAfter(database, place, end, PAGE);
    const last = page.at(-1);
    if (last) {
      place = last.place;
      yield page;
    }
    if (page.length < PAGE) return;
  }
}

/** By the database's clock, which all rows are dated by. */
async function settledBefore(database: Database): Promise<Date> {
  const { rows } = await sql<{ settled: Date }>`
    SELECT now() - make_interval(secs => ${SETTLED_AFTER_SECONDS}) AS settled`.execute(database);
  return rows[0]?.settled ?? new Date(0);
}
