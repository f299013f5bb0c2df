import type { Request } from 'express';
import type { z } from 'zod';
import type { FailureCode } from '../../domain/failures';
import type { Scope } from '../../domain/scopes';

/**
 * One operation of the API, once: routes are mounted from it, requests are judged by its schemas, and `/openapi.json` is made of it.
 */
export interface Operation {
  /** `operationId`: what clients call it. A published one keeps its name. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/v1/consents/{consentId}`. */
  readonly path: `/${string}`;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** Parameters of the path that are more than strings. */
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodType;
  /** Request headers beside those that all operations of its kind know. */
  readonly headers?: z.ZodObject;
  readonly body?: RequestBody;
  /** What it answers when all goes well, by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Failures of its own, beside those that every operation of its access and method may answer with. */
  readonly failures?: readonly FailureCode[];
  /** It changes nothing, and its answer follows from its request alone: asked again it is carried out again, and no answer is kept. */
  readonly isPure?: true;
  /** What HTTP has for many operations, and this one has too: docs/api-habits.md. */
  readonly habits?: readonly Habit[];
  /** Since when it should no longer be used, and what takes its place (RFC 9745, RFC 8594): docs/api-changes.md. */
  readonly deprecated?: Deprecation;
}

/**
 * - `entity-tag`: its answer has an ETag, and If-None-Match is answered with 304
 * - `if-match`: it is done only to what the caller has seen
 * - `wait`: `Prefer: wait` is heeded (RFC 7240)
 */
export type Habit = 'entity-tag' | 'if-match' | 'wait';

export type Access =
  | { readonly role: 'application'; readonly scope: Scope }
  | {
      readonly role: 'operator';
      /** What it changes, in the words of the command line; written down with who did it. */
      readonly action?: string;
      /** What it is about, where path and options do not say it. */
      readonly about?: (request: Request) => Record<string, unknown>;
    }
  /** A bank, by an assertion of its own. */
  | { readonly role: 'publisher' }
  | { readonly role: 'anyone' };

export interface RequestBody {
  readonly schema: z.ZodType;
  /** As express counts it. */
  readonly limit: '64kb' | '512kb' | '8mb';
  readonly isOptional?: true;
  /** Taken beside `application/json`, and meaning the same. */
  readonly alsoAs?: 'application/merge-patch+json';
  readonly examples?: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly description: string;
  /** Media type to its schema; none for an answer without a body. */
  readonly content?: Readonly<Record<string, { readonly schema?: z.ZodType; readonly example?: unknown }>>;
  readonly headers?: Readonly<Record<string, AnswerHeader>>;
}

export interface AnswerHeader {
  readonly description: string;
  /** A string when it is not said. */
  readonly schema?: z.ZodType;
  readonly isAlways?: true;
}

export interface Deprecation {
  /** RFC 3339 date. */
  readonly since: string;
  readonly sunset?: string;
  readonly instead: string;
}

export const TAGS = {
  Consents: 'A consent from request to end',
  Data: 'What the person granted, read at their bank',
  Events: 'What happens, for those who poll and those who listen',
  Webhooks: 'What happens, told to you',
  Evidence: 'Receipts, disclosures, the audit trail',
  Institutions: 'Banks',
  Access: 'Applications and their keys',
  Operators: 'For those who run the service',
  Service: 'Health, keys, schemas, this document',
} as const;

export type Tag = keyof typeof TAGS;

export function operation<const Described extends Operation>(described: Described): Described {
  return described;
}
