import type { Answer, Query, Site } from './site';

/** One person's browser at one site: cookies by name, redirects as far as the flow needs them. */
export class Visit {
  readonly #site: Site;
  readonly #cookies = new Map<string, string>();

  constructor(site: Site) {
    this.#site = site;
  }

  async open(url: string): Promise<Answer> {
    return this.#ask(url, {});
  }

  async submit(url: string, fields: URLSearchParams): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#ask(url, { method: 'POST', headers, body: fields.toString() });
  }

  async #ask(url: string, query: Query): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#site.ask(url, { ...query, headers: { ...query.headers, ...(cookie && { cookie }) } });
    for (const line of answer.cookies) this.#keep(line);
    return answer;
  }

  /** The paths and ages of cookies do not matter within one flow; an emptied one is gone. */
  #keep(line: string): void {
    const [pair = ''] = line.split(';', 1);
    const equals = pair.indexOf('=');
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** @throws {Error} naming the step, and what came instead */
export function expectRedirect(answer: Answer, step: string, prefix: string): string {
  if (answer.location.startsWith(prefix)) return answer.location;
  const seen = answer.location ? new URL(answer.location).pathname : answer.body.slice(0, 300);
  throw new Error(`${step} answered ${answer.status} ${seen}`);
}
