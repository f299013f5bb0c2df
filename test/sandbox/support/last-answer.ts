import * as oidc from 'openid-client';
import type { FapiClient } from './fapi-client';

export interface HeardAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly nonce: string | null;
  /** `www-authenticate`. */
  readonly challenge: string | null;
}

/** What the bank said last while the client did something, whatever the client made of it. */
export async function lastAnswer(client: FapiClient, deed: () => Promise<unknown>): Promise<HeardAnswer> {
  const all = await allAnswers(client, deed);
  const last = all.at(-1);
  if (!last) throw new Error('the bank was not asked');
  return last;
}

export async function allAnswers(client: FapiClient, deed: () => Promise<unknown>): Promise<readonly HeardAnswer[]> {
  const heard: HeardAnswer[] = [];
  client.config[oidc.customFetch] = async (url, options) => {
    const response = await client.fetch(url, options);
    const { status, headers } = response;
    const text = await response.clone().text();
    heard.push({
      status,
      type: headers.get('content-type'),
      text,
      nonce: headers.get('dpop-nonce'),
      challenge: headers.get('www-authenticate'),
    });
    return response;
  };
  try {
    await deed();
  } catch {
    // Whether the client accepts the answer is its own affair, and judged elsewhere.
  } finally {
    client.config[oidc.customFetch] = client.fetch;
  }
  return heard;
}
