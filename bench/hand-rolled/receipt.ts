import { randomUUID } from 'node:crypto';
import { CompactSign } from 'jose';
import type { Tokens } from './bank';
import type { Consent } from './consents';
import type { SigningKey } from './keys';

/** What was asked and granted, signed as the product signs it. */
export async function signReceipt(
  { id, terms }: Consent,
  tokens: Tokens,
  answers: { grant: unknown; accounts: unknown },
  key: SigningKey,
): Promise<object> {
  const document = {
    receiptId: randomUUID(),
    consentId: id,
    issuedAt: new Date().toISOString(),
    requested: terms,
    granted: answers.grant,
    grantedScopes: tokens.scope,
    accounts: (answers.accounts as { accounts: unknown[] }).accounts.length,
  };
  const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
    .setProtectedHeader({ alg: 'ES256', kid: key.publicJwk.kid })
    .sign(key.privateKey);
  return { ...document, signed };
}
