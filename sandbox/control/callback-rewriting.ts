import type { CapturedAnswer } from './captured-answer';

export interface CallbackChange {
  set?: Record<string, string> | undefined;
  remove?: readonly string[] | undefined;
  duplicate?: readonly string[] | undefined;
}

/** Changes the redirect back to the application, and nothing else: other answers of /authorize stay in the bank. */
export function rewriteCallback(
  given: CapturedAnswer,
  issuer: string,
  { set = {}, remove = [], duplicate = [] }: CallbackChange,
): CapturedAnswer | undefined {
  const callback = callbackOf(given, issuer);
  if (!callback) return undefined;
  for (const name of remove) callback.searchParams.delete(name);
  for (const [name, value] of Object.entries(set)) callback.searchParams.set(name, value);
  for (const name of duplicate) callback.searchParams.append(name, callback.searchParams.get(name) ?? '');
  // Koa has also put the URL into the body, for browsers of long ago.
  return { ...given, headers: { ...given.headers, location: callback.href }, body: Buffer.alloc(0) };
}

/** A parameter of that redirect; `undefined` also where the answer is not one. */
export const callbackParameter = (given: CapturedAnswer, issuer: string, name: string): string | undefined =>
  callbackOf(given, issuer)?.searchParams.get(name) ?? undefined;

function callbackOf({ headers: { location } }: CapturedAnswer, issuer: string): URL | undefined {
  if (typeof location !== 'string' || !URL.canParse(location)) return undefined;
  const callback = new URL(location);
  return callback.origin === new URL(issuer).origin ? undefined : callback;
}
