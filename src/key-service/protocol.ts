import { z } from 'zod';
import { SIGNATURE_ALGORITHMS } from '../domain/institution';

/**
 * What goes over the socket: JSON over HTTP, bytes in base64, ECDSA signatures in DER as key services of clouds answer them.
 *
 *     POST /keys  {algorithm}                          201 {keyReference, publicJwk}
 *     POST /sign  {keyReference, algorithm, message}   200 {signature}
 *     GET  /healthz                                    200
 */
const algorithm = z.enum(SIGNATURE_ALGORITHMS);

export const creationSchema = z.object({ algorithm });
export const createdSchema = z.object({
  keyReference: z.string().min(1).max(200),
  publicJwk: z.looseObject({ kty: z.string() }),
});

export const signatureRequestSchema = z.object({
  keyReference: z.string().min(1).max(200),
  algorithm,
  message: z.base64(),
});
export const signatureSchema = z.object({ signature: z.base64() });

/** A refusal: `code` is for programs. Whatever has none is an accident. */
export const refusalSchema = z.object({ code: z.enum(['request_invalid', 'key_unknown', 'route_not_found']) });
export type RefusalCode = z.infer<typeof refusalSchema>['code'];

/** A receipt with hundreds of accounts is some hundred kilobytes. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
