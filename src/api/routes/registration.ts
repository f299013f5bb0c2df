import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ConsentFailure } from '../../domain/failures';
import type { InstitutionId } from '../../domain/ids';
import type { RegistrationTerms } from '../../domain/registration';
import { initialAccessTokenSchema, parseRegistrationTerms } from '../../institutions/registration-file';
import { registrationView } from '../../institutions/registration-view';
import { sealFor } from '../../store/registration-secrets';
import { findRegistration } from '../../store/registrations';
import type { RegistrationOperation } from '../../workflows/registration-contract';
import { operatorKeyOf, parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import type { registrationOutcomeSchema, registrationSchema } from '../contract/schemas/institution';
import type { Sent } from '../contract/schemas/values';
import { claimIn } from '../idempotency';
import { flagOf, parseQuery } from '../request-input';
import { RequestFailure } from '../problem';
import { refuseFilePaths } from './institutions';

/** `GET /v1/institutions/{institutionId}/registration` (operator): how our registration there stands. */
export function readRegistration({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await findRegistration(database, institutionIdOf(request));
    if (!row) throw new ConsentFailure('registration_not_found');
    response.json(registrationView(row) satisfies Sent<typeof registrationSchema>);
  };
}

/** `POST` (operator): registers at the bank and makes the institution usable. */
export function registerInstitution(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { initialAccessToken, ...file } = (request.body ?? {}) as Record<string, unknown>;
    const terms = termsIn(file, request);
    const sealed = await sealedToken(deps, terms.template.id, initialAccessToken);
    const operation = {
      kind: 'register',
      terms,
      ...(sealed !== undefined && { sealedInitialAccessToken: sealed }),
    } as const;
    await operate(deps, request, response, operation);
  };
}

/** `PUT` (operator): brings what the bank has registered in line with the profile, or with a changed file. */
export function updateRegistration(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const terms = Object.keys(body).length === 0 ? undefined : termsIn(body, request);
    await operate(deps, request, response, { kind: 'update', ...(terms && { terms }) });
  };
}

export const registrationDeletionQuerySchema = z.strictObject({
  force: flagOf('Although consents there have not ended, and although the bank may not do its part.'),
});

/** `DELETE` (operator): ends our registration at the bank; `?force=true` although consents there have not ended. */
export function deleteRegistration(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { force } = parseQuery(registrationDeletionQuerySchema, request);
    await operate(deps, request, response, { kind: 'delete', force: force === 'true' });
  };
}

/** As long as a client that waits for an answer will usually wait. */
const WAIT_MS = 20_000;

async function operate(
  { database, registrations, log }: ApiDependencies,
  request: Request,
  response: Response,
  operation: RegistrationOperation,
): Promise<void> {
  const institutionId = institutionIdOf(request);
  const started = await registrations.start(institutionId, operation, claimIn(response)?.id);
  log.info({ operatorKey: operatorKeyOf(response), institutionId, operation: operation.kind }, 'registration begun');
  const result = await started.resultWithin(WAIT_MS);
  if (result?.failure) throw new ConsentFailure(result.failure.code, result.failure.detail || undefined);
  const row = await findRegistration(database, institutionId);
  // 202 when it goes on without us: GET tells how it stands.
  response.status(result ? 200 : 202).json({
    workflowId: started.workflowId,
    ...(result && { outcome: result.outcome, differences: result.differences }),
    ...(row && { registration: registrationView(row) }),
  } satisfies Sent<typeof registrationOutcomeSchema>);
}

function institutionIdOf(request: Request): InstitutionId {
  return parameterOf(request, 'institutionId') as InstitutionId;
}

function termsIn(body: unknown, request: Request): RegistrationTerms {
  const terms = parseRegistrationTerms(body);
  if ('faults' in terms) throw new RequestFailure('institution_invalid', terms.faults);
  if (terms.template.id !== institutionIdOf(request)) {
    throw new RequestFailure('institution_invalid', [{ path: 'id', message: 'differs from the id in the address' }]);
  }
  refuseFilePaths(terms.template);
  return terms;
}

async function sealedToken(
  { database, vault }: ApiDependencies,
  id: InstitutionId,
  token: unknown,
): Promise<string | undefined> {
  if (token === undefined) return undefined;
  const { data, success } = initialAccessTokenSchema.safeParse(token);
  if (success) return sealFor(database, vault, id, 'initial-access-token', data);
  const message = 'is not a bearer token (RFC 6750 §2.1)';
  throw new RequestFailure('institution_invalid', [{ path: 'initialAccessToken', message }]);
}
