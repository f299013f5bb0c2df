import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { findPerson, type Person } from '../people/person';
import type { RecordStore } from '../store/records';

const KIND = 'BankSession';
const LIFE_IN_SECONDS = 900;

/**
 * A person signed in at the bank's own pages. Apart from the sessions of the authorization server, so that a sign-in
 * that an application started never opens the page where consents are ended.
 */
export class BankSessions {
  readonly #store: RecordStore;
  readonly #cookie: string;

  constructor(store: RecordStore, issuer: string) {
    this.#store = store;
    // Cookies ignore ports: two banks on localhost must not share one.
    this.#cookie = `__Host-bank_${new URL(issuer).port || '443'}`;
  }

  async personOf(req: IncomingMessage): Promise<Person | undefined> {
    const session = (await this.#store.find(KIND, this.#idOf(req))) as { personId: string } | undefined;
    return session && findPerson(session.personId);
  }

  /** Returns the `set-cookie` header. Strict: no other site can make this browser revoke anything. */
  async open(person: Person): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    await this.#store.save(KIND, id, { personId: person.id }, { expiresInSeconds: LIFE_IN_SECONDS });
    return `${this.#cookie}=${id}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${LIFE_IN_SECONDS}`;
  }

  async close(req: IncomingMessage): Promise<string> {
    await this.#store.destroy(KIND, this.#idOf(req));
    return `${this.#cookie}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  #idOf(req: IncomingMessage): string {
    const pairs = (req.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
    return pairs.find(([name]) => name === this.#cookie)?.[1] ?? '';
  }
}
