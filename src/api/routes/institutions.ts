import type { RequestHandler } from 'express';
import type { UnregisteredProfile } from '../../domain/registration';
import { parseInstitutionProfile } from '../../institutions/profile';
import { listInstitutions, saveInstitution } from '../../store/institutions';
import { operatorKeyOf, parameterOf } from '../authentication';
import type { institutionListSchema, profileSchema } from '../contract/schemas/institution';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { RequestFailure } from '../problem';

/** `GET /v1/institutions`: what an application can ask for. */
export function readInstitutions({ database }: ApiDependencies): RequestHandler {
  return async (_request, response) => {
    const institutions = await listInstitutions(database);
    response.json({
      institutions: institutions.map(({ profile, readiness, readiness_reason: reason, paused_at: pausedAt }) => ({
        id: profile.id,
        name: profile.name,
        readiness,
        ...(reason !== null && { reason }),
        // Why is for operators.
        ...(pausedAt && { paused: { since: pausedAt.toISOString() } }),
      })),
    } satisfies Sent<typeof institutionListSchema>);
  };
}

/** `PUT /v1/institutions/{institutionId}` (operator): adds an institution, or replaces its profile, while everything runs. */
export function putInstitution({ database, log }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const profile = parseInstitutionProfile(request.body);
    if ('faults' in profile) throw new RequestFailure('institution_invalid', profile.faults);
    if (profile.id !== parameterOf(request, 'institutionId')) {
      throw new RequestFailure('institution_invalid', [{ path: 'id', message: 'differs from the id in the address' }]);
    }
    refuseFilePaths(profile);
    await saveInstitution(database, profile);
    log.info({ operatorKey: operatorKeyOf(response), institutionId: profile.id }, 'institution saved');
    response.json(profile satisfies Sent<typeof profileSchema>);
  };
}

/**
 * Paths on our disk are the business of whoever runs the process: the command line takes them.
 *
 * @throws {RequestFailure} institution_invalid, naming the fields
 */
export function refuseFilePaths(profile: UnregisteredProfile): void {
  const files = filePathsIn(profile);
  if (files.length === 0) return;
  const message = 'cannot be set through the API; add the institution with the command line';
  throw new RequestFailure(
    'institution_invalid',
    files.map((path) => ({ path, message })),
  );
}

/** The fields of a profile that name files. */
function filePathsIn({ caFile, clientCertificate, fdx }: UnregisteredProfile): string[] {
  return [
    ...(caFile === undefined ? [] : ['caFile']),
    ...(clientCertificate === undefined ? [] : ['clientCertificate']),
    ...(fdx.consents.basic === undefined ? [] : ['fdx.consents.basic']),
  ];
}
