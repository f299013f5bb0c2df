import type { ApiKey } from '../store/api-keys';
import type { ApplicationClient } from '../store/application-clients';
import type { Application } from '../store/applications';

/** What operators see of who may ask, in answers and with `--json`. */

export function applicationView({ id, name, returnUrls, mayDelegate, requestsPerMinute }: Application) {
  return { id, name, returnUrls, mayDelegate, ...(requestsPerMinute !== null && { requestsPerMinute }) };
}

export type KeyState = 'active' | 'expired' | 'revoked';

export function apiKeyView(key: ApiKey) {
  return {
    id: key.id,
    label: key.label,
    state: stateOf(key),
    scopes: key.scopes,
    createdAt: key.createdAt.toISOString(),
    ...(key.expiresAt && { expiresAt: key.expiresAt.toISOString() }),
    ...(key.lastUsedAt && { lastUsedAt: key.lastUsedAt.toISOString() }),
    ...(key.replacedBy !== null && { replacedBy: key.replacedBy }),
    ...(key.revokedAt && { revokedAt: key.revokedAt.toISOString() }),
  };
}

function stateOf({ revokedAt, expiresAt }: ApiKey): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
}

export function applicationClientView({ id, issuer, clientId, createdAt }: ApplicationClient) {
  return { id, issuer, clientId, createdAt: createdAt.toISOString() };
}
