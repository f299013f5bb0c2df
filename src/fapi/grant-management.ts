import { ConsentFailure } from '../domain/failures';
import { usesMutualTls } from '../domain/institution';
import type { Connection } from './connection';
import { retryAfterOf } from './failures';
import { clientCredentialsToken, fetchWithToken } from './resource';

/** What a bank says a grant allows. */
export interface ManagedGrant {
  readonly scopes: readonly string[];
  readonly authorizationDetails: readonly unknown[];
}

/**
 * What stands behind a `grant_id` at the bank.
 *
 * @returns undefined when the bank does not know the grant, or no longer
 * @throws {ConsentFailure} as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid; as_metadata_unusable when
 *   the bank does not manage grants
 * @see Grant Management for OAuth 2.0 (draft) §6.4
 */
export async function queryGrant(connection: Connection, grantId: string): Promise<ManagedGrant | undefined> {
  const response = await ask(connection, 'GET', grantId, 'grant_management_query');
  if (response.status === 404) return undefined;
  if (!response.ok) throw failureOfStatus(response);
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ConsentFailure('as_response_invalid', 'the grant is not a JSON object.');
  }
  const { scopes, authorization_details: details } = body as Record<string, unknown>;
  return { scopes: scopesOf(scopes), authorizationDetails: Array.isArray(details) ? (details as unknown[]) : [] };
}

/**
 * Ends a grant at the bank, its tokens with it. A grant that is gone already is ended too.
 *
 * @throws {ConsentFailure} as {@link queryGrant}
 * @see Grant Management for OAuth 2.0 (draft) §6.5
 */
export async function revokeGrant(connection: Connection, grantId: string): Promise<void> {
  const response = await ask(connection, 'DELETE', grantId, 'grant_management_revoke');
  if (!response.ok && response.status !== 404) throw failureOfStatus(response);
}

async function ask(connection: Connection, method: string, grantId: string, scope: string): Promise<Response> {
  // §6.3: the endpoint, a slash, the id.
  const endpoint = (await endpointOf(connection)).replace(/\/$/, '');
  const url = new URL(`${endpoint}/${encodeURIComponent(grantId)}`);
  const token = await clientCredentialsToken(connection, scope);
  return fetchWithToken(connection, token, url, { method, headers: { accept: 'application/json' } }).catch(
    (error: unknown) => {
      // The grant lives at the authorization server, whatever the request looks like.
      if (!(error instanceof ConsentFailure) || error.code !== 'fdx_unreachable') throw error;
      throw new ConsentFailure('as_unreachable', error.detail, error.retryAfterSeconds);
    },
  );
}

async function endpointOf({ metadata, profile }: Connection): Promise<string> {
  const known = await metadata.known();
  const aliases: Record<string, unknown> = { ...(usesMutualTls(profile) && known.mtls_endpoint_aliases) };
  // RFC 8705 §5: where a certificate is asked for; a token that is bound to one is no good at the other door.
  const endpoint = aliases['grant_management_endpoint'] ?? known['grant_management_endpoint'];
  if (typeof endpoint === 'string') return endpoint;
  throw new ConsentFailure('as_metadata_unusable', 'grant_management_endpoint is missing.');
}

function failureOfStatus(response: Response): ConsentFailure {
  const detail = `HTTP ${response.status} at grant management.`;
  if (response.status === 429 || response.status >= 500) {
    return new ConsentFailure('as_unreachable', detail, retryAfterOf(response));
  }
  return new ConsentFailure('as_request_rejected', detail);
}

/** Each entry names one or more scopes, with the resources they are for. */
function scopesOf(scopes: unknown): string[] {
  if (!Array.isArray(scopes)) return [];
  return scopes.flatMap((entry: unknown) => {
    const scope = (entry as { scope?: unknown } | null)?.scope;
    return typeof scope === 'string' ? scope.split(' ') : [];
  });
}
