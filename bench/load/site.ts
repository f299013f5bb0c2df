import { Pool } from 'undici';

export interface Answer {
  status: number;
  /** Absolute; empty when there is none. */
  location: string;
  cookies: string[];
  body: string;
}

export interface Query {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** No answer of ours takes longer: the API gives up on an outcome after 20 s. */
const ANSWER_TIMEOUT_MS = 30_000;

/** One origin with its open connections. As little work per request as can be: the load must not become the measurement. */
export class Site {
  readonly #origin: string;
  readonly #pool: Pool;

  constructor(origin: string, options: { connections: number; caPem?: string }) {
    const { connections, caPem } = options;
    this.#origin = origin;
    this.#pool = new Pool(origin, {
      connections,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
      ...(caPem !== undefined && { connect: { ca: caPem } }),
    });
  }

  async ask(url: string, { method = 'GET', headers = {}, body }: Query = {}): Promise<Answer> {
    const path = url.startsWith(this.#origin) ? url.slice(this.#origin.length) : url;
    const response = await this.#pool.request({ method, path, headers, ...(body !== undefined && { body }) });
    const { location } = response.headers;
    return {
      status: response.statusCode,
      location: typeof location === 'string' ? new URL(location, this.#origin).href : '',
      cookies: [response.headers['set-cookie'] ?? []].flat(),
      body: await response.body.text(),
    };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
