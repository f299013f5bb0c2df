import { fetch } from 'undici';
import { publishedKeys } from '../domain/signing-key';
import { listSigningKeys } from '../store/signing-keys';
import { fail, ok, warn, type Check, type Finding } from './check';
import type { Surroundings } from './surroundings';

const ANSWERS_WITHIN_MS = 6_000;

export const API_CHECKS: readonly Check[] = [
  { name: 'api', about: 'an API answers at PUBLIC_URL, and what it needs answers it', look: lookAtReadiness },
  { name: 'jwks', about: 'banks find the keys that we sign with', look: lookAtPublishedKeys },
];

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function lookAtReadiness({ settings }: Surroundings): Promise<Finding> {
  const { PUBLIC_URL: publicUrl } = settings('PUBLIC_URL');
  const url = `${publicUrl}/readyz`;
  const answer = await ask(url);
  if (typeof answer === 'string') {
    return fail(
      `${url}: ${answer}`,
      'Start it (fdx-consent api), or look at what stands between: proxy, DNS, firewall.',
    );
  }
  if (answer.status === 200 && answer.body['status'] === 'ready') return ok(`${url} is ready`);
  if (answer.body['status'] === 'not_ready') {
    const away = ['database', 'temporal'].filter((part) => answer.body[part] === 'away');
    return fail(
      `the API at ${publicUrl} does not reach: ${away.join(', ')}`,
      'Look at the API’s own settings and its log.',
    );
  }
  return fail(
    `${url} answers HTTP ${answer.status}`,
    'Something else answers there: correct PUBLIC_URL or the proxy before it.',
  );
}

async function lookAtPublishedKeys({ settings, database }: Surroundings): Promise<Finding> {
  const { PUBLIC_URL: publicUrl } = settings('PUBLIC_URL');
  const url = `${publicUrl}/.well-known/jwks.json`;
  const answer = await ask(url);
  if (typeof answer === 'string')
    return fail(`${url}: ${answer}`, 'Banks cannot verify us without it: see the check `api`.');
  const known = publishedKeys(await listSigningKeys(database()), Date.now()).filter(
    ({ purpose }) => purpose === 'client',
  );
  const keys = Array.isArray(answer.body['keys']) ? (answer.body['keys'] as readonly { readonly kid?: unknown }[]) : [];
  const missing = known.filter(({ kid }) => !keys.some((key) => key.kid === kid)).map(({ kid }) => kid);
  if (missing.length > 0) {
    const fix =
      'Whatever answers there is not this installation, or caches for too long: correct PUBLIC_URL or the proxy.';
    return fail(`${url} lacks ${missing.join(', ')}`, fix);
  }
  const unknown = keys.length - known.length;
  if (unknown > 0)
    return warn(
      `${unknown} keys more than we know are published`,
      'A cache is behind: look at it again in five minutes.',
    );
  return ok(`${known.length} keys are published`);
}

/** What is wrong with the address, in a word, or its answer. */
async function ask(url: string): Promise<Answer | string> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const body: unknown = await response.json().catch(() => undefined);
    return { status: response.status, body: typeof body === 'object' && body !== null ? { ...body } : {} };
  } catch (error) {
    // Node says "fetch failed", and why only in the cause.
    const { cause, name } = error as { readonly cause?: { readonly code?: unknown }; readonly name: string };
    return typeof cause?.code === 'string'
      ? cause.code
      : name === 'TimeoutError'
        ? 'no answer'
        : 'it cannot be reached';
  }
}
