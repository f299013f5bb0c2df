import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Access } from './operation';

/** How callers say who they are: docs/access.md. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of an application, with the scope that the operation names.',
  },
  // Not `oauth2`: which issuers there are is for each installation to say, and the document is the same for all of them.
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token (RFC 9068) of an issuer that this installation trusts, with the scope that the operation names.',
  },
  operatorKey: { type: 'http', scheme: 'bearer', description: 'An API key of an operator.' },
  publisherAssertion: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A JWT that the institution signed for this address: docs/bank-notifications.md.',
  },
} as const;

/** Any one of what is returned opens the door. */
export function securityOf(access: Access): NonNullable<ZodOpenApiOperationObject['security']> {
  switch (access.role) {
    case 'application':
      // Scopes of a scheme that is not OAuth are roles for information (OpenAPI 3.1, Security Requirement Object).
      return [{ apiKey: [access.scope] }, { accessToken: [access.scope] }];
    case 'operator':
      return [{ operatorKey: [] }];
    case 'publisher':
      return [{ publisherAssertion: [] }];
    case 'anyone':
      return [];
  }
}
