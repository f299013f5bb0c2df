import type { RequestHandler } from 'express';
import { parseInstitutionProfile } from '../../institutions/profile';
import { listInstitutions, saveInstitution } from '../../store/institutions';
import { operatorKeyOf, parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { RequestFailure } from '../problem';

/** `GET /v1/institutions`: what an application can ask for. */
export function readInstitutions({ database }: ApiDependencies): RequestHandler {
  return async (_request, response) => {
    const institutions = await listInstitutions(database);
    response.json({ institutions: institutions.map(({ profile }) => ({ id: profile.id, name: profile.name })) });
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
    if (profile.caFile !== undefined) {
      // A path on our disk is the business of whoever runs the process: `fdx-consent institutions add` takes it.
      const message = 'cannot be set through the API; add the institution with the command line';
      throw new RequestFailure('institution_invalid', [{ path: 'caFile', message }]);
    }
    await saveInstitution(database, profile);
    log.info({ operatorKey: operatorKeyOf(response), institutionId: profile.id }, 'institution saved');
    response.json(profile);
  };
}
