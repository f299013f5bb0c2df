import { ConsentFailure } from '../domain/failures';
import { bindingOf, type SenderBinding } from './authorization';
import type { Connection } from './connection';
import { generateSenderKey } from './dpop';

/** What the next tokens will be bound to, with the thumbprint that goes into evidence. */
export async function newSenderBinding({
  profile,
  certificateThumbprint,
}: Connection): Promise<{ readonly binding: SenderBinding; readonly thumbprint: string }> {
  if (profile.senderConstraint.method === 'dpop') {
    const { privateJwk, thumbprint } = await generateSenderKey(profile.senderConstraint.algorithm);
    return { binding: { senderKey: privateJwk }, thumbprint };
  }
  // The profile's schema asks for a certificate wherever mutual TLS is used.
  if (certificateThumbprint === undefined) throw new ConsentFailure('institution_misconfigured', 'no certificate.');
  return { binding: { certificateThumbprint }, thumbprint: certificateThumbprint };
}

/** What tokens that just came are bound to: the key their request proved, or the certificate their request was made with. */
export function currentBinding({ certificateThumbprint }: Connection, asked: SenderBinding): SenderBinding {
  if ('senderKey' in asked || certificateThumbprint === undefined) return bindingOf(asked);
  return { certificateThumbprint };
}
