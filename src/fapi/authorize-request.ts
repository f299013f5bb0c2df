import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { ConsentFailure } from '../domain/failures';
import type { BoundToken } from './authorization';
import type { Connection } from './connection';
import { publicMembersOf } from './public-key';
import { importSenderKey } from './sender-keys';

/** The headers that open one request to a resource server. Secret. */
export interface RequestAuthorization {
  readonly authorization: string;
  readonly dpop: string;
}

/**
 * What opens one request, for somebody else to make it. The proof binds method and address without the query, and the token; a
 * server takes its `jti` once.
 *
 * @param nonce the server's, when the caller knows a newer one than we do
 * @throws {ConsentFailure} delegation_not_possible for a token that is bound to our certificate
 * @see RFC 9449 §4.2
 */
export async function authorizeRequest(
  { transport }: Pick<Connection, 'transport'>,
  token: BoundToken,
  method: string,
  url: URL,
  nonce = transport.nonces.get(url.origin),
): Promise<RequestAuthorization> {
  if (!('senderKey' in token)) throw new ConsentFailure('delegation_not_possible');
  const { accessToken, senderKey } = token;
  const alg = senderKey.alg ?? 'ES256';
  const dpop = await new SignJWT({
    htm: method,
    htu: `${url.origin}${url.pathname}`,
    ath: createHash('sha256').update(accessToken).digest('base64url'),
    ...(nonce !== undefined && { nonce }),
  })
    .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk: publicMembersOf(senderKey) })
    .setJti(randomUUID())
    .setIssuedAt()
    .sign((await importSenderKey(senderKey)).privateKey);
  return { authorization: `DPoP ${accessToken}`, dpop };
}
