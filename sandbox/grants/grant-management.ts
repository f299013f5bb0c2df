import { GRANT_SCOPES } from '../clusters';
import { type Consent, statusOf } from '../consents/consent';
import { answerJson, type Exchange } from '../exchange';
import { type Caller, type CallerParts, identifyCaller } from '../fdx/caller';
import { FdxFault } from '../fdx/fdx-fault';
import { challenge } from '../fdx/sender-constraint';

export const GRANTS_PATH = '/grants';

export interface GrantManagementParts extends CallerParts {
  fdxUrl: string;
}

/** The API of Grant Management for OAuth 2.0 (draft) §6: what a grant allows, and its end. A grant is a consent here. */
export class GrantManagement {
  readonly #parts: GrantManagementParts;

  constructor(parts: GrantManagementParts) {
    this.#parts = parts;
  }

  async serve(exchange: Exchange): Promise<void> {
    const { req, res, url } = exchange;
    try {
      const { caller, freshNonce } = await identifyCaller(this.#parts, req, url);
      // RFC 9449 §8.2: a newer nonce travels on any answer.
      if (freshNonce !== undefined) res.setHeader('dpop-nonce', freshNonce);
      await this.#answer(exchange, caller);
    } catch (error) {
      if (!(error instanceof FdxFault)) throw error;
      refuse(exchange, error);
    }
  }

  async #answer({ req, res, url }: Exchange, caller: Caller): Promise<void> {
    const id = url.pathname.slice(GRANTS_PATH.length + 1);
    if (req.method === 'GET') {
      answerJson(res, 200, await this.#describe(await this.#grantOf(caller, id, GRANT_SCOPES.query)));
    } else if (req.method === 'DELETE') {
      const { id: consentId } = await this.#grantOf(caller, id, GRANT_SCOPES.revoke);
      await this.#parts.consents.revoke(consentId, { reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' });
      res.writeHead(204, { 'cache-control': 'no-store' }).end();
    } else {
      throw new FdxFault(405, 'invalid_request', 'GET or DELETE', undefined, { allow: 'GET, DELETE' });
    }
  }

  /** @throws 403 without the scope and for the grants of others; 404 for those that never were, or are no more (§6.6) */
  async #grantOf(caller: Caller, id: string, scope: string): Promise<Consent> {
    if (!caller.scopes.has(scope)) throw forbidden(`scope ${scope} is missing`);
    const consent = await this.#parts.consents.find(id);
    if (!consent || statusOf(consent) !== 'ACTIVE') throw new FdxFault(404, 'not_found', 'no such grant');
    if (consent.client.id !== caller.clientId) throw forbidden('the grant of another client');
    // A person's token speaks for that person.
    if (caller.kind === 'person' && caller.consent.personId !== consent.personId) {
      throw forbidden('the grant of another person');
    }
    return consent;
  }

  /** §6.4: scopes with the resource they are for, and details as granted. */
  async #describe({ id }: Consent): Promise<object> {
    const { provider, fdxUrl } = this.#parts;
    const grant = await provider.Grant.find(id);
    const scopes = [
      { scope: grant?.getOIDCScope() ?? '' },
      { scope: grant?.getResourceScope(fdxUrl) ?? '', resources: [fdxUrl] },
    ];
    return { scopes: scopes.filter(({ scope }) => scope !== ''), authorization_details: grant?.rar ?? [] };
  }
}

const forbidden = (reason: string): FdxFault =>
  new FdxFault(403, 'insufficient_scope', reason, undefined, challenge('insufficient_scope', reason));

/** This is OAuth and not FDX, so refusals are spelled as in RFC 6749 §5.2; who is calling is found out the same way. */
function refuse({ res }: Exchange, { status, code, message, debugMessage, headers }: FdxFault): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  const error = status === 401 ? 'invalid_token' : code;
  answerJson(res, status, { error, error_description: debugMessage ?? message });
}
