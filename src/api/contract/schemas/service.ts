import { z } from 'zod';

export const keySetSchema = z
  .strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })
  .meta({ id: 'KeySet', description: 'A JWK Set (RFC 7517 §5): public keys.' });

export const jsonSchemaSchema = z
  .looseObject({ $schema: z.string(), $id: z.string() })
  .meta({ id: 'JsonSchema', description: 'A JSON Schema, draft 2020-12.' });

export const healthSchema = z
  .strictObject({ status: z.literal('ok') })
  .meta({ id: 'Health', description: 'The process lives.' });

const part = z.enum(['up', 'away']);

export const readinessSchema = z
  .strictObject({ status: z.enum(['ready', 'not_ready']), database: part, temporal: part })
  .meta({ id: 'Readiness', description: 'Whether the parts that a request needs answer.' });

export const openApiSchema = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApiDocument', description: 'An OpenAPI 3.1 document.' });

export const KEY_SET_EXAMPLE = {
  keys: [
    {
      kty: 'EC',
      kid: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      use: 'sig',
      alg: 'ES256',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
  ],
};
