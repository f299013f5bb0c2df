import { type HTMLElement, parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';
import { Agent, type Dispatcher, fetch, type Response } from 'undici';
import { formOf, type Submission } from './form';

export interface PersonBrowserOptions {
  /** Certificates to trust beside the usual ones, in PEM: the sandbox bank's own. */
  ca?: string | undefined;
  /** Instead of `ca`: a pool that several browsers share, as in a benchmark. Its owner closes it. */
  dispatcher?: Dispatcher | undefined;
  /** Further request headers, such as `user-agent`. */
  headers?: Record<string, string> | undefined;
}

export interface Navigation {
  /** A redirect to a URL with this prefix is not followed: `currentUrl` is then that URL, and the page stays. */
  stopAt?: string | undefined;
}

/** Chromium gives up here, too. */
const MOST_REDIRECTS = 20;

/**
 * A person's browser without the screen: cookies, redirects and forms, one page at a time. Cookies follow the browser
 * rules, `__Host-` and Secure included; like Chromium it takes http://localhost for a secure place.
 */
export class PersonBrowser {
  /** Every URL requested or stopped at, oldest first. */
  readonly visited: string[] = [];
  readonly cookies = new CookieJar();
  readonly #dispatcher: Dispatcher | undefined;
  readonly #ownsDispatcher: boolean;
  readonly #headers: Record<string, string>;
  #url = 'about:blank';
  #status = 0;
  #html = '';

  constructor({ ca, dispatcher, headers = {} }: PersonBrowserOptions = {}) {
    this.#ownsDispatcher = dispatcher === undefined && ca !== undefined;
    this.#dispatcher = dispatcher ?? (ca === undefined ? undefined : new Agent({ connect: { ca } }));
    this.#headers = headers;
  }

  get currentUrl(): string {
    return this.#url;
  }

  get status(): number {
    return this.#status;
  }

  get html(): string {
    return this.#html;
  }

  /** What can be read on the page, without its styles. */
  get text(): string {
    const page = this.page;
    for (const hidden of page.querySelectorAll('style, script, title')) hidden.remove();
    return page.textContent.replace(/\s+/g, ' ').trim();
  }

  /** A fresh parse of the page, the reader's own to change. */
  get page(): HTMLElement {
    return parse(this.#html);
  }

  async open(url: string, navigation: Navigation = {}): Promise<this> {
    return this.#navigate(new URL(url), { method: 'GET' }, navigation);
  }

  /** Fills in and sends a form of the page, as it stands apart from what the submission says. */
  async submit(submission: Submission = {}, navigation: Navigation = {}): Promise<this> {
    const { action, method, fields } = formOf(this.page, submission);
    const target = new URL(action, this.#url);
    if (method === 'GET') {
      target.search = fields.toString();
      return this.#navigate(target, { method }, navigation);
    }
    return this.#navigate(target, { method, body: fields.toString() }, navigation);
  }

  async close(): Promise<void> {
    if (this.#ownsDispatcher) await this.#dispatcher?.close();
  }

  async #navigate(start: URL, first: { method: string; body?: string }, { stopAt }: Navigation): Promise<this> {
    let url = start;
    let request = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      this.visited.push(url.href);
      if (stopAt !== undefined && url.href.startsWith(stopAt)) {
        this.#url = url.href;
        return this;
      }
      const response = await this.#fetch(url, request);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) {
        this.#url = url.href;
        this.#status = response.status;
        this.#html = await response.text();
        return this;
      }
      await response.body?.cancel();
      url = new URL(location, url);
      // Fetch §4.4: 307 and 308 keep method and body, the others turn a POST into a GET.
      if (response.status !== 307 && response.status !== 308) request = { method: 'GET' };
    }
    throw new Error(`redirected more than ${MOST_REDIRECTS} times, at last to ${url.origin}${url.pathname}`);
  }

  async #fetch(url: URL, { method, body }: { method: string; body?: string }): Promise<Response> {
    const cookie = await this.cookies.getCookieString(url.href);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'en',
        ...this.#headers,
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded', origin: originOf(this.#url) }),
      },
      ...(body !== undefined && { body }),
      ...(this.#dispatcher && { dispatcher: this.#dispatcher }),
    });
    // A cookie the rules forbid is dropped, as a browser drops it, without a word.
    for (const set of response.headers.getSetCookie())
      await this.cookies.setCookie(set, url.href, { ignoreError: true });
    return response;
  }
}

/** What a form POST says about the page it is on: CSRF protections look at it. */
const originOf = (url: string): string => (url.startsWith('http') ? new URL(url).origin : 'null');
