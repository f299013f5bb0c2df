import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { BankClient } from '../clients';
import type { Exchange } from '../exchange';
import { clientWithPassword } from '../fdx/basic-caller';

/** Which client a request is from, believed and not verified: only to pick the fault that was meant for it. */
export async function clientOf(
  { req, url, body }: Exchange,
  { provider, clients }: { provider: Provider; clients: readonly BankClient[] },
): Promise<string | undefined> {
  const named = url.searchParams.get('client_id') ?? body?.['client_id'];
  if (typeof named === 'string') return named;
  const assertion = body?.['client_assertion'];
  if (typeof assertion === 'string') return subjectOf(assertion);
  const [, token] = /^(?:dpop|bearer) (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  if (token !== undefined) return clientOfToken(token, provider);
  return clientWithPassword(req, clients)?.client_id;
}

function subjectOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

async function clientOfToken(token: string, provider: Provider): Promise<string | undefined> {
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  return found?.clientId;
}
