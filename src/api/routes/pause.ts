import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { InstitutionId } from '../../domain/ids';
import { retryWaitingEndings } from '../../operators/bank-endings';
import { institutionView, openInstitution, pauseInstitution } from '../../operators/pausing';
import { remark } from '../../operators/remark';
import { framesOf } from '../../stack-frames';
import { parameterOf } from '../authentication';
import type { operatedInstitutionSchema, resumedInstitutionSchema } from '../contract/schemas/institution';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { parseBody } from '../request-input';

export const pauseSchema = z.strictObject({ reason: remark.optional() });

/** `POST /v1/institutions/{institutionId}/pause` (operator): new work there waits, nothing fails. */
export function pause({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { reason } = parseBody(pauseSchema, request);
    const id = parameterOf(request, 'institutionId') as InstitutionId;
    const institution = await pauseInstitution(database, id, reason);
    response.json(institutionView(institution) satisfies Sent<typeof operatedInstitutionSchema>);
  };
}

/** As long as a client that waits for an answer will usually wait. */
const WAIT_MS = 10_000;

/**
 * `POST …/resume` (operator): work goes on. What waits to tell the bank of an end is woken; 202 when there is so much of it that
 * waking goes on without the caller.
 */
export function resume({ database, engine, log }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const id = parameterOf(request, 'institutionId') as InstitutionId;
    const institution = await openInstitution(database, id);
    const waking = retryWaitingEndings({ database, engine }, id);
    const woken = await Promise.race([waking, after(WAIT_MS)]);
    if (woken === undefined) {
      waking.catch((error: unknown) => {
        log.warn({ institutionId: id, frames: framesOf(error) }, 'not every waiting end was woken; it comes by itself');
      });
    }
    const view: Sent<typeof resumedInstitutionSchema> = {
      ...institutionView(institution),
      ...(woken !== undefined && { endingsRetried: woken }),
    };
    response.status(woken === undefined ? 202 : 200).json(view);
  };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, undefined).unref();
  });
}
