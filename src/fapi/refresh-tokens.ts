import { refreshTokenGrant } from 'openid-client';
import type { SenderBinding, TokenCustody } from './authorization';
import type { Connection } from './connection';
import { judgeTokens } from './judge-tokens';
import { currentBinding } from './sender-binding';
import { tokenExchange } from './token-exchange';
import { tokenSetOf, type BoundTokens } from './token-set';

/**
 * New tokens for a refresh token. The answer goes to `custody` before it is judged: a rotated refresh token exists nowhere else.
 *
 * After `refresh_unknown` the same refresh token may be sent again: servers accept the previous one until its successor was used
 * (FAPI 2.0 Security Profile §5.3.2.1), and one that does not answers `grant_lost`.
 *
 * @throws {ConsentFailure} refresh_unknown when the answer was lost; grant_lost when the bank says that the grant is no more;
 *   as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid, id_token_invalid, as_keys_unreachable
 * @see RFC 6749 §6, OpenID Connect Core §12.2
 */
export async function refreshTokens(
  connection: Connection,
  refreshToken: string,
  binding: SenderBinding,
  custody: TokenCustody,
): Promise<BoundTokens> {
  return tokenExchange(connection, custody, { before: 'refresh', sent: 'refresh_token' }).run(async (configuration) => {
    const proof = await connection.senderProof(configuration, binding);
    const tokens = await refreshTokenGrant(configuration, refreshToken, undefined, proof);
    const claims = tokens.claims();
    judgeTokens(tokens, claims, connection.profile);
    // RFC 8705 §6.3: after a change of certificate it is the refresh that binds to the new one.
    return { ...tokenSetOf(tokens, claims), ...currentBinding(connection, binding) };
  });
}
