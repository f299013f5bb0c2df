import type { IncomingMessage } from 'node:http';
import type { Door } from '../door';
import type { Exchange } from '../exchange';
import { type Endpoint, endpointsOf, loggablePath } from './endpoints';

/** One request as tests may look at it. Of parameters only the names: their values are codes, tokens and assertions. */
export interface JournalEntry {
  at: string;
  door: Door['name'];
  endpoints: readonly Endpoint[];
  method: string;
  path: string;
  /** `null` when the connection ended before an answer left. */
  status: number | null;
  headers: Record<string, string>;
  queryParameters: string[];
  bodyParameters: string[];
}

/** What anybody on the way could have read of a request: the whole address, and the page it was said to come from. */
export interface SeenAddress {
  method: string;
  url: string;
  referer?: string;
}

const LONGEST_MEMORY = 1000;
/** Kept until the bank ends, whatever is reset: a secret in an address has leaked for good. */
const MOST_ADDRESSES = 20_000;

const TELLING_HEADERS = [
  'accept',
  'content-type',
  'fdx-api-actor-type',
  'fdx-api-data-provider-id',
  'user-agent',
  'x-fapi-auth-date',
  'x-fapi-customer-ip-address',
  'x-fapi-interaction-id',
];

/** The last thousand requests, and how many there were of each kind since the bank started or was last reset. */
export class Journal {
  #entries: JournalEntry[] = [];
  readonly #addresses: SeenAddress[] = [];
  readonly #counts = new Map<Endpoint, number>();

  /** Called when the request has arrived; the status is filled in when the answer has left. */
  open({ req, res, url, body }: Exchange, door: Door): void {
    const { referer } = req.headers;
    this.#addresses.push({ method: req.method ?? '', url: req.url ?? '', ...(referer !== undefined && { referer }) });
    if (this.#addresses.length > MOST_ADDRESSES) this.#addresses.shift();
    const endpoints = endpointsOf(url.pathname);
    if (endpoints.length === 0) return;
    const entry: JournalEntry = {
      at: new Date().toISOString(),
      door: door.name,
      endpoints,
      method: req.method ?? '',
      path: loggablePath(url.pathname),
      status: null,
      headers: tellingHeaders(req),
      queryParameters: [...url.searchParams.keys()],
      bodyParameters: Object.keys(body ?? {}),
    };
    res.once('finish', () => {
      entry.status = res.statusCode;
    });
    this.#entries.push(entry);
    if (this.#entries.length > LONGEST_MEMORY) this.#entries = this.#entries.slice(-LONGEST_MEMORY);
    for (const endpoint of endpoints) this.#counts.set(endpoint, (this.#counts.get(endpoint) ?? 0) + 1);
  }

  read(endpoint?: Endpoint): { counts: Partial<Record<Endpoint, number>>; requests: JournalEntry[] } {
    const requests = endpoint ? this.#entries.filter((entry) => entry.endpoints.includes(endpoint)) : this.#entries;
    return { counts: Object.fromEntries(this.#counts), requests };
  }

  get addresses(): readonly SeenAddress[] {
    return this.#addresses;
  }

  clear(): void {
    this.#entries = [];
    this.#counts.clear();
  }
}

/** `authorization` is reduced to its scheme, and of a DPoP proof only its presence is told. */
function tellingHeaders({ headers }: IncomingMessage): Record<string, string> {
  const told: Record<string, string> = {};
  for (const name of TELLING_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') told[name] = value;
  }
  if (headers.authorization !== undefined) told['authorization'] = headers.authorization.split(' ')[0] ?? '';
  if (headers['dpop'] !== undefined) told['dpop'] = 'present';
  return told;
}
