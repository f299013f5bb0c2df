import type { Body, Consent, CreatedConsent, Filters, Invitation } from './contract';
import { answerOf, type CallOptions, type Connection } from './connection';
import { Pages } from './pages';
import { pause } from './pause';

export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** How long to wait at most; 5 minutes when nothing is said. */
  readonly timeoutMs?: number;
  /** Between two looks; 2 seconds when nothing is said. */
  readonly everyMs?: number;
}

/** What was waited for has not happened in time. It may still. */
export class WaitTimeoutError extends Error {
  constructor(
    /** As it stood when last looked at. */
    readonly consent: Consent,
    timeoutMs: number,
  ) {
    super(`${consent.id} is ${consent.status} after ${timeoutMs} ms`);
    this.name = 'WaitTimeoutError';
  }
}

/** A consent from request to end: docs/lifecycle.md. */
export class Consents {
  constructor(private readonly connection: Connection) {}

  /** Asks a person for consent. Send them to the `launchUrl` of the answer. */
  create(request: Body<'createConsent'>, options?: CallOptions): Promise<CreatedConsent> {
    const { raw } = this.connection;
    return answerOf(raw.POST('/v1/consents', { body: request, ...this.connection.with(options) }));
  }

  get(consentId: string, options?: CallOptions): Promise<Consent> {
    const params = { path: { consentId } };
    return answerOf(this.connection.raw.GET('/v1/consents/{consentId}', { params, ...this.connection.with(options) }));
  }

  /** All of yours that fit, oldest first. */
  list(filters: Filters<'listConsents'> = {}, options?: CallOptions): Pages<Consent> {
    return new Pages(async (cursor) => {
      const params = { query: { ...filters, ...(cursor !== undefined && { cursor }) } };
      const { consents, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/consents', { params, ...this.connection.with(options) }),
      );
      return { items: consents, nextCursor };
    });
  }

  /** Ends it: nothing is read any more when this answers; the bank is told afterwards. One that has ended is answered as it is. */
  revoke(consentId: string, why?: Body<'revokeConsent'>, options?: CallOptions): Promise<Consent> {
    const params = { path: { consentId } };
    const body = why && { body: why };
    return answerOf(
      this.connection.raw.DELETE('/v1/consents/{consentId}', { params, ...body, ...this.connection.with(options) }),
    );
  }

  /** Invites the person to authorize anew: the same again, or with `changes`. What there is works until the new grant is proven. */
  renew(consentId: string, changes?: Body<'createAuthorization'>, options?: CallOptions): Promise<Invitation> {
    const params = { path: { consentId } };
    const body = changes && { body: changes };
    return answerOf(
      this.connection.raw.POST('/v1/consents/{consentId}/authorizations', {
        params,
        ...body,
        ...this.connection.with(options),
      }),
    );
  }

  /**
   * Waits until the person has decided, or until `isReached` says so. Comes back as well when the consent has ended, since nothing
   * follows then: look at its `status`.
   *
   * @throws {WaitTimeoutError} when that takes longer than `timeoutMs`
   */
  async waitUntil(
    consentId: string,
    isReached: (consent: Consent) => boolean = isDecided,
    { signal, timeoutMs = 300_000, everyMs = 2_000 }: WaitOptions = {},
  ): Promise<Consent> {
    const giveUpAt = Date.now() + timeoutMs;
    for (;;) {
      const consent = await this.get(consentId, signal ? { signal } : {});
      if (isReached(consent) || hasEnded(consent)) return consent;
      if (Date.now() + everyMs > giveUpAt) throw new WaitTimeoutError(consent, timeoutMs);
      await pause(everyMs, signal);
    }
  }
}

/** Whether the person, or the bank, has said yes or no. */
export function isDecided({ status }: Consent): boolean {
  return status !== 'requested' && status !== 'authorizing';
}

/** Whether nothing follows any more. */
export function hasEnded(consent: Consent): boolean {
  return isDecided(consent) && consent.status !== 'active';
}
