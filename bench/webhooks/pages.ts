import { performance } from 'node:perf_hooks';
import type { Pool } from 'pg';
import { Site } from '../load/site';
import { latencyOf, round } from '../statistics';
import type { PageFigures } from './result';

const LIMIT = 100;

interface Reading {
  readonly events: number;
  readonly elapsedMs: number;
  readonly times: number[];
}

/** Everything that happened to an application's consents, page after page over HTTP, by the first reader and by the next one. */
export async function measurePages(
  pool: Pool,
  { apiUrl, apiKey, applicationId }: { apiUrl: string; apiKey: string; applicationId: string },
): Promise<PageFigures> {
  const site = new Site(apiUrl, { connections: 1 });
  const first = await readAll(site, apiKey);
  const next = await readAll(site, apiKey);
  await site.close();
  const bare = await readBare(pool, applicationId);
  if (first.events !== next.events || first.events !== bare.events) throw new Error('readers do not agree');
  const [firstReader, nextReader] = [figuresOf(first), figuresOf(next)];
  const bareEventsPerSecond = figuresOf(bare).eventsPerSecond;
  return {
    events: first.events,
    limit: LIMIT,
    ...{ firstReader, nextReader, bareEventsPerSecond },
    ratio: round(nextReader.eventsPerSecond / bareEventsPerSecond, 2),
  };
}

async function readAll(site: Site, apiKey: string): Promise<Reading> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const times: number[] = [];
  let events = 0;
  let cursor: string | undefined;
  const startedAt = performance.now();
  for (let hasMore = true; hasMore;) {
    const askedAt = performance.now();
    const query = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { status, body } = await site.ask(`/v1/events?limit=${LIMIT}${query}`, { headers });
    if (status !== 200) throw new Error(`a page of events answered ${status} ${body.slice(0, 300)}`);
    const page = JSON.parse(body) as { events: unknown[]; nextCursor: string; hasMore: boolean };
    times.push(performance.now() - askedAt);
    events += page.events.length;
    ({ nextCursor: cursor, hasMore } = page);
  }
  return { events, times, elapsedMs: performance.now() - startedAt };
}

async function readBare(pool: Pool, applicationId: string): Promise<Reading> {
  const times: number[] = [];
  let events = 0;
  let after = '0';
  const startedAt = performance.now();
  for (;;) {
    const askedAt = performance.now();
    const { rows } = await pool.query<{ position: string }>({
      name: 'page',
      text: `SELECT id, version, type, at, data, position FROM events
              WHERE application_id = $1 AND position > $2::bigint ORDER BY position LIMIT ${LIMIT}`,
      values: [applicationId, after],
    });
    times.push(performance.now() - askedAt);
    events += rows.length;
    after = rows.at(-1)?.position ?? after;
    if (rows.length < LIMIT) return { events, times, elapsedMs: performance.now() - startedAt };
  }
}

function figuresOf({ events, elapsedMs, times }: Reading) {
  return { eventsPerSecond: round((events / elapsedMs) * 1_000), latencyMs: latencyOf(times) };
}
