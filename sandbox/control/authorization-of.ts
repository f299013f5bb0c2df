import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { ConsentBook } from '../consents/consent-book';
import { consentRequestOf } from '../consents/consent-request';
import type { Exchange } from '../exchange';

/** One trip of one person, as far as a request tells: what was asked for, and what came of it. */
export interface Authorization {
  /** RFC 7636 §4.2. No two trips have the same, so this is the trip's name from the first request to the last. */
  codeChallenge?: string | undefined;
  /** Asked for, in days: what a test can choose before there is a trip. */
  durationPeriod?: number | undefined;
  lookbackPeriod?: number | undefined;
  consentId?: string | undefined;
}

export interface AuthorizationParts {
  provider: Provider;
  consents: ConsentBook;
}

/** Which authorization a request is about, believed and not verified: only to pick the fault that was meant for it. */
export async function authorizationOf(exchange: Exchange, parts: AuthorizationParts): Promise<Authorization> {
  const { provider, consents } = parts;
  const { url, body = {} } = exchange;
  const requestUri = url.searchParams.get('request_uri');
  if (url.pathname === '/par') return authorizationAsked(body);
  if (requestUri !== null) return authorizationPushed(requestUri, provider);
  const [, uid] = /^\/(?:interaction|authorize)\/([^/]+)/.exec(url.pathname) ?? [];
  if (uid !== undefined) return authorizationAsked((await provider.Interaction.find(uid))?.params ?? {});

  const consentId = await consentIdOf(exchange, provider);
  const consent = consentId === undefined ? undefined : await consents.find(consentId);
  return {
    codeChallenge: consent?.codeChallenge ?? challengeOf(body['code_verifier']),
    durationPeriod: consent?.durationPeriodInDays,
    lookbackPeriod: consent?.lookbackPeriodInDays,
    consentId,
  };
}

/** What was pushed under this name, even if it has lapsed or been used. */
export async function authorizationPushed(requestUri: string, provider: Provider): Promise<Authorization> {
  const id = requestUri.replace('urn:ietf:params:oauth:request_uri:', '');
  const pushed = await provider.PushedAuthorizationRequest.find(id, { ignoreExpiration: true });
  return pushed ? authorizationAsked({ request: pushed.request }) : {};
}

/** Parameters as they are, or inside of a request object (RFC 9101). What is wrong with them the bank will say. */
function authorizationAsked({ request, ...plain }: Record<string, unknown>): Authorization {
  try {
    const parameters: Record<string, unknown> = typeof request === 'string' ? decodeJwt(request) : plain;
    const codeChallenge = parameters['code_challenge'];
    return { ...(typeof codeChallenge === 'string' && { codeChallenge }), ...periodsOf(parameters) };
  } catch {
    return {};
  }
}

function periodsOf(parameters: Record<string, unknown>): Authorization {
  try {
    const { durationPeriodInDays, lookbackPeriodInDays } = consentRequestOf(parameters);
    return { durationPeriod: durationPeriodInDays, lookbackPeriod: lookbackPeriodInDays };
  } catch {
    return {};
  }
}

/** Its id is the id of the grant: a code, a token, or the path leads to it. */
async function consentIdOf({ req, url, body = {} }: Exchange, provider: Provider): Promise<string | undefined> {
  const [, named] = /^\/(?:fdx\/v6\/consents|grants)\/([^/]+)/.exec(url.pathname) ?? [];
  if (named !== undefined) return decodeURIComponent(named);
  const [, presented] = /^(?:dpop|bearer) (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  for (const value of [body['code'], body['refresh_token'], body['token'], presented]) {
    if (typeof value !== 'string') continue;
    const found =
      (await provider.AuthorizationCode.find(value)) ??
      (await provider.RefreshToken.find(value)) ??
      (await provider.AccessToken.find(value));
    if (found) return found.grantId;
  }
  return undefined;
}

const challengeOf = (verifier: unknown): string | undefined =>
  typeof verifier === 'string' ? createHash('sha256').update(verifier).digest('base64url') : undefined;
