import type { IncomingMessage } from 'node:http';
import { notAuthenticated } from './fdx-fault';
import { challenge } from './sender-constraint';

export interface PresentedToken {
  scheme: 'dpop' | 'bearer';
  value: string;
}

/**
 * FAPI 2.0 §5.3.2.1: the token comes in the header only. The scheme says how it is bound: RFC 9449 §7.1 by a proof, RFC 8705 §3
 * by the certificate of the connection.
 * @throws 401/603
 */
export function presentedToken(req: IncomingMessage): PresentedToken {
  const [name = '', value, ...rest] = (req.headers.authorization ?? '').split(' ');
  const scheme = name.toLowerCase();
  if ((scheme !== 'dpop' && scheme !== 'bearer') || value === undefined || value === '' || rest.length > 0) {
    const description = 'no access token of scheme DPoP or Bearer';
    throw notAuthenticated(description, challenge('invalid_token', description));
  }
  return { scheme, value };
}
