import type { RequestHandler } from 'express';
import type { Deprecation } from './contract/operation';

/** Says with every answer of an operation, refusals too, that it will go: RFC 9745, RFC 8594. */
export function sayDeprecated({ since, sunset }: Deprecation, publicUrl: string): RequestHandler {
  const headers = {
    Deprecation: `@${Math.floor(instantOf(since) / 1_000)}`,
    ...(sunset !== undefined && { Sunset: new Date(instantOf(sunset)).toUTCString() }),
    Link: `<${publicUrl}/docs>; rel="deprecation"; type="text/html"`,
  };
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`${text} is no RFC 3339 date`);
  return instant;
}
