import type { Request, RequestHandler } from 'express';
import { noMembers } from './contract/answers';
import type { Operation } from './contract/operation';
import { RequestFailure, requestInvalid } from './problem';

/**
 * What an operation does not declare is refused, and not ignored: whoever sends it believes that it is heeded. Declared queries and
 * bodies are judged by the handler, with the schema that the operation names.
 */
export function requestGuardsOf({ access, query, body }: Operation): readonly RequestHandler[] {
  // Whoever asks for keys or health may add what keeps a cache away.
  const isStrict = access.role === 'application' || access.role === 'operator';
  return [...(isStrict && !query ? [requireNoQuery] : []), ...(body ? [] : [requireNoContent])];
}

const requireNoQuery: RequestHandler = (request, _response, next) => {
  const names = Object.keys(request.query);
  if (names.length > 0) {
    const faults = names.map((name) => ({ path: name.slice(0, 200), message: 'is no parameter of this operation' }));
    throw new RequestFailure('request_invalid', faults);
  }
  next();
};

const requireNoContent: RequestHandler = (request, _response, next) => {
  if (hasContent(request)) {
    throw new RequestFailure('request_invalid', [{ path: '', message: 'this operation takes no body' }]);
  }
  next();
};

/** Behind the parser: none, or an empty object. */
export const requireNoMembers: RequestHandler = (request, _response, next) => {
  const parsed = noMembers.safeParse((request.body as unknown) ?? {});
  if (!parsed.success) throw requestInvalid(parsed.error);
  next();
};

/** RFC 9112 §6.3. */
function hasContent(request: Request): boolean {
  return request.get('transfer-encoding') !== undefined || (request.get('content-length') ?? '0') !== '0';
}
