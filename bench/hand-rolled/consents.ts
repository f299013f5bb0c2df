import type { Trip } from './bank';
import type { Terms } from './terms';

/** A consent as this process knows it. A restart knows none of them: that is the point of comparison. */
export interface Consent {
  id: string;
  status: 'requested' | 'authorizing' | 'active';
  launchToken: string;
  terms: Terms;
  /** The cookie of the browser that opened the launch page. */
  browser?: string;
  trip?: Trip;
  receipt?: object;
}

export class Consents {
  readonly #byId = new Map<string, Consent>();
  readonly #byLaunchToken = new Map<string, Consent>();
  readonly #byState = new Map<string, Consent>();

  add(consent: Consent): void {
    this.#byId.set(consent.id, consent);
    this.#byLaunchToken.set(consent.launchToken, consent);
  }

  await(state: string, consent: Consent): void {
    this.#byState.set(state, consent);
  }

  find(id: string): Consent | undefined {
    return this.#byId.get(id);
  }

  findByLaunchToken(token: string): Consent | undefined {
    return this.#byLaunchToken.get(token);
  }

  /** Each state is answered once. */
  takeByState(state: string): Consent | undefined {
    const consent = this.#byState.get(state);
    this.#byState.delete(state);
    return consent;
  }
}
