import { z } from 'zod';

/** A no of an FDX API, as far as it may be told on. */
export interface FdxRefusal {
  /** Of HTTP. */
  readonly status: number;
  /** FDX's own, which is not the HTTP status. */
  readonly code?: string;
  readonly retryAfterSeconds?: number;
  /** Both codes in words, for an engineer. */
  readonly detail: string;
}

const errorSchema = z.looseObject({ code: z.union([z.string().max(20), z.number()]) });

/** @see FDX API 6.x, Error */
export async function readRefusal(response: Response): Promise<FdxRefusal> {
  const parsed = errorSchema.safeParse(await response.json().catch(() => undefined));
  // `message` is for people and `debugMessage` for the bank's engineers; neither belongs in our logs.
  const code = parsed.success && /^[\w.-]+$/.test(String(parsed.data.code)) ? String(parsed.data.code) : undefined;
  const seconds = retryAfterSeconds(response);
  return {
    status: response.status,
    ...(code !== undefined && { code }),
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    detail: `HTTP ${response.status}${code === undefined ? '' : `, FDX code ${code}`}.`,
  };
}

/** Longer than this nobody waits without asking. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterSeconds({ headers }: Response): number | undefined {
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), MAX_RETRY_AFTER_SECONDS) : undefined;
}
