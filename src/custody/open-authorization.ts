import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import type { AuthorizedFetch } from '../fdx/client';
import type { AuthorizationSecrets } from '../fapi/authorization';
import type { FapiClient } from '../fapi/client';
import type { BoundTokens, TokenSet } from '../fapi/token-set';
import type { ConsentCredential } from '../domain/institution';
import { findAuthorization, type AuthorizationRow } from '../store/authorizations';
import { findConsent } from '../store/consents';
import type { DataKey } from '../store/vault';
import type { CustodyDependencies } from './dependencies';

/** Names one trip of one consent. */
export interface AuthorizationStep {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
}

/** An authorization with what opens its secrets and who speaks to its bank. */
export interface OpenAuthorization {
  readonly row: AuthorizationRow;
  readonly dataKey: DataKey;
  readonly client: FapiClient;
}

/** A grant's tokens with what they are bound to, as the vault keeps them. */
export type StoredTokens = BoundTokens;

/** @param known the row, where the caller has just read it */
export async function openAuthorization(
  deps: CustodyDependencies,
  id: AuthorizationId,
  known?: AuthorizationRow,
): Promise<OpenAuthorization> {
  const row = known ?? (await findAuthorization(deps.database, id));
  if (!row) throw new Error(`authorization ${id} is not in the database`);
  return {
    row,
    dataKey: await openDataKey(deps, row.consent_id, row.wrapped_jwe),
    client: deps.institutions.for(row.profile, row.revision),
  };
}

export async function secretsOf({ row, dataKey }: OpenAuthorization): Promise<AuthorizationSecrets> {
  if (row.secrets_jwe === null) throw new ConsentFailure('code_exchange_unknown', 'its secrets were destroyed.');
  return (await dataKey.open('authorization-secrets', row.id, row.secrets_jwe)) as AuthorizationSecrets;
}

export async function tokensOf({ row, dataKey }: OpenAuthorization): Promise<StoredTokens> {
  if (row.tokens_jwe === null) throw new Error('there are no tokens for this authorization');
  return (await dataKey.open('tokens', row.id, row.tokens_jwe)) as StoredTokens;
}

/** When the tokens of an answer that came just now end, as far as the bank said. */
export function expirationsOf({ expiresInSeconds, grantExpiresInSeconds }: TokenSet) {
  const after = (seconds: number) => new Date(Date.now() + seconds * 1000);
  return {
    ...(expiresInSeconds !== undefined && { accessExpiresAt: after(expiresInSeconds) }),
    ...(grantExpiresInSeconds !== undefined && { grantExpiresAt: after(grantExpiresInSeconds) }),
  };
}

/** The same for a consent that has no authorization yet. */
export async function openConsent(deps: CustodyDependencies, id: ConsentId) {
  const row = await findConsent(deps.database, id);
  if (!row) throw new Error(`consent ${id} is not in the database`);
  return {
    dataKey: await openDataKey(deps, id, row.wrapped_jwe),
    client: deps.institutions.for(row.profile, row.revision),
  };
}

function openDataKey(deps: CustodyDependencies, consentId: ConsentId, wrapped: string | null): Promise<DataKey> {
  if (wrapped === null) throw new ConsentFailure('consent_expired', 'its data key was destroyed.');
  return deps.vault.openDataKey(consentId, wrapped);
}

/** A fetch for the bank's FDX API with the person's token, or with a credential of our own where the bank wants that. */
export async function grantFetch(
  authorization: OpenAuthorization,
  credential: ConsentCredential,
): Promise<AuthorizedFetch> {
  const { client, row } = authorization;
  if (credential === 'basic') return (url, request) => client.fetchWithPassword(url, request);
  const token =
    credential === 'user_token'
      ? await tokensOf(authorization)
      : await client.clientCredentialsToken(row.profile.fdx.consents.scope);
  return (url, request) => client.fetchWithToken(token, url, request);
}
