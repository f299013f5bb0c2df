import { Webhook } from 'standardwebhooks';

export interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A message as it is sent: its id is the event's, the same with every attempt, and the body that goes out is the one that was signed.
 *
 * @param secrets all that are in force, the newest first: one signature for each
 * @see Standard Webhooks, "Webhook headers" and "Signature scheme"
 */
export function signedMessage(id: string, body: string, secrets: readonly string[], at = new Date()): SignedMessage {
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'fdx-consent-webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
    },
  };
}
