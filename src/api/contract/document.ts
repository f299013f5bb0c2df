import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { FailureCode } from '../../domain/failures';
import { failuresByStatus, failuresOf } from './failures-of';
import { habitAnswersOf } from './habits';
import { answerHeadersOf, failureHeadersOf, requestHeadersOf } from './headers';
import { TAGS, type Answer, type Deprecation, type Operation, type RequestBody } from './operation';
import { pathParametersOf, queryOf } from './request-document';
import { SECURITY_SCHEMES, securityOf } from './security';
import { exampleProblem, problemSchema } from './schemas/problem';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const DESCRIPTION = `Durable FDX v6 consents over FAPI 2.0: ask a person for consent, read what they granted, prove it, end it.

Failures are RFC 9457 problem documents: switch on \`code\`, and do what \`fix\` says. Instants are RFC 3339. What does not apply is
absent. Unknown members of answers and unknown values of \`code\` may come with later versions.`;

/**
 * The API as an OpenAPI 3.1 document, made of the very operations that are mounted. The same wherever it is made: its address is
 * relative to where it was found.
 */
export function openApiDocument(operations: readonly Operation[], version: string): OpenApiDocument {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'fdx-consent',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where this document was found.' }],
    tags: Object.entries(TAGS)
      .filter(([name]) => operations.some(({ tag }) => tag === name))
      .map(([name, description]) => ({ name, description })),
    paths: pathsOf(operations),
    components: {
      schemas: { Problem: problemSchema },
      examples: examplesOf(operations),
      securitySchemes: SECURITY_SCHEMES,
    },
  });
}

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const tags = Object.keys(TAGS);
  const inOrder = [...operations].sort(
    (one, other) => tags.indexOf(one.tag) - tags.indexOf(other.tag) || compare(one.path, other.path),
  );
  for (const each of inOrder) {
    paths[each.path] = { ...paths[each.path], [each.method]: operationObject(each) };
  }
  return paths;
}

/** By code units, so that the document is the same in every locale. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, access, body, deprecated } = operation;
  const path = pathParametersOf(operation);
  const query = queryOf(operation);
  const header = requestHeadersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...describedBy(description, deprecated),
    ...(deprecated && { deprecated: true }),
    security: securityOf(access),
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(body && { requestBody: requestBodyObject(body) }),
    responses: responsesOf(operation),
  };
}

function describedBy(description: string | undefined, deprecated: Deprecation | undefined) {
  const until = deprecated?.sunset === undefined ? '' : `, and may be gone from ${deprecated.sunset} on`;
  const parts = [description, deprecated && `Deprecated since ${deprecated.since}${until}: ${deprecated.instead}`];
  const said = parts.filter((part) => part !== undefined);
  return said.length > 0 && { description: said.join('\n\n') };
}

function requestBodyObject({ schema, isOptional, alsoAs, examples = {} }: RequestBody) {
  const content = {
    schema,
    ...(Object.keys(examples).length > 0 && {
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    }),
  };
  return {
    required: isOptional !== true,
    content: { 'application/json': content, ...(alsoAs && { [alsoAs]: content }) },
  };
}

function responsesOf(operation: Operation): Record<`${1 | 2 | 3 | 4 | 5}${string}`, ZodOpenApiResponseObject> {
  const answered = Object.entries(habitAnswersOf(operation)).map(
    ([status, answer]) => [status, answerObject(operation, answer)] as const,
  );
  const responses = new Map<string, ZodOpenApiResponseObject>(answered);
  for (const [status, codes] of failuresByStatus(operation)) {
    const failed = failureObject(operation, status, codes);
    const also = responses.get(String(status));
    responses.set(String(status), also ? { ...also, content: { ...also.content, ...failed.content } } : failed);
  }
  return Object.fromEntries(responses);
}

function answerObject(operation: Operation, { description, content, headers = {} }: Answer): ZodOpenApiResponseObject {
  const own = Object.entries(headers).map(([name, { description: text, schema = z.string(), isAlways }]) => {
    const described = schema.meta({ description: text });
    return [name, isAlways ? described : described.optional()] as const;
  });
  return {
    description,
    headers: z.object({ ...answerHeadersOf(operation), ...Object.fromEntries(own) }),
    ...(content && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, { schema, example }]) => [
          type,
          { ...(schema && { schema }), ...(example !== undefined && { example }) },
        ]),
      ),
    }),
  };
}

/** The problem document with exactly the codes that this operation can have with this status. */
function failureObject(operation: Operation, status: number, codes: readonly FailureCode[]): ZodOpenApiResponseObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${exampleProblem(code).title}`).join('\n\n'),
    headers: z.object(failureHeadersOf(operation, status)),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            {
              type: 'object',
              properties: { code: { type: 'string', enum: [...codes] }, status: { type: 'integer', const: status } },
              required: ['code', 'status'],
            },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

function examplesOf(operations: readonly Operation[]) {
  const codes = [...new Set(operations.flatMap(failuresOf))].sort();
  return Object.fromEntries(
    codes.map((code) => [code, { summary: exampleProblem(code).title, value: exampleProblem(code) }]),
  );
}
