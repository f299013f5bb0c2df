import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { findCertificate } from '../../store/purge';
import type { ApiDependencies } from '../dependencies';
import { ownConsent } from '../own-consent';

/**
 * `GET /v1/consents/{consentId}/deletion-certificate`: the document, or its signed form for `Accept: application/jose`.
 *
 * @throws {ConsentFailure} consent_not_found, certificate_not_found
 */
export function readDeletionCertificate(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    // Once the evidence is removed, nobody knows whose it was.
    const { id } = await ownConsent(deps, request, response);
    const certificate = await findCertificate(deps.database, id);
    if (!certificate) throw new ConsentFailure('certificate_not_found');
    response.set('Cache-Control', 'no-store').vary('Accept');
    if (request.accepts(['application/json', 'application/jose']) === 'application/jose') {
      response.type('application/jose').send(certificate.signed);
    } else {
      response.json(certificate.document);
    }
  };
}
