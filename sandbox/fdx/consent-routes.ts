import { CONSENT_SCOPES } from '../clusters';
import { type Consent, consentGrant, revocationRequest } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import type { BankBehaviour } from '../behaviour';
import { conflict, FdxFault, invalidInput, notAuthorized } from './fdx-fault';
import { type FdxAnswer, type FdxRequest, type FdxRoute, ok } from './fdx-request';

interface ConsentRouteParts {
  consents: ConsentBook;
  bank: { name: string; fdxUrl: string };
  behaviour: BankBehaviour;
}

/** The FDX consent API, for the application itself (client credentials) or with the person's token. */
export function consentRoutes({ consents, bank, behaviour }: ConsentRouteParts): FdxRoute[] {
  async function readConsent(request: FdxRequest): Promise<FdxAnswer> {
    return ok(consentGrant(await ownConsent(request, 'read', consents), bank, behaviour));
  }

  async function readRevocations(request: FdxRequest): Promise<FdxAnswer> {
    const { revocation } = await ownConsent(request, 'read', consents);
    return ok({ revocations: revocation ? [{ status: 'REVOKED', ...revocation }] : [] });
  }

  async function revokeConsent(request: FdxRequest): Promise<FdxAnswer> {
    const consent = await ownConsent(request, 'manage', consents);
    const body = revocationRequest.safeParse(request.body);
    if (!body.success) throw invalidInput(body.error.issues.map((issue) => issue.path.join('.') || 'body').join(', '));
    const outcome = await consents.revoke(consent.id, body.data, {
      afterSeconds: behaviour.revocationTakesEffectAfterSeconds,
    });
    if (outcome !== 'revoked') throw conflict('nothing left to revoke');
    return { status: 204 };
  }

  return [
    { method: 'GET', path: '/consents/:consentId', handle: readConsent },
    { method: 'GET', path: '/consents/:consentId/revocation', handle: readRevocations },
    { method: 'PUT', path: '/consents/:consentId/revocation', handle: revokeConsent },
  ];
}

/** @throws 404 for unknown consents and for other applications' alike; 403/602 without the scope */
async function ownConsent(
  { caller, parameters }: FdxRequest,
  deed: keyof typeof CONSENT_SCOPES,
  consents: ConsentBook,
): Promise<Consent> {
  if (caller.kind === 'application' && !caller.scopes.has(CONSENT_SCOPES[deed])) {
    throw notAuthorized(`scope ${CONSENT_SCOPES[deed]} is missing`);
  }
  const id = parameters['consentId'] ?? '';
  const consent = caller.kind === 'person' && caller.consent.id !== id ? undefined : await consents.find(id);
  if (consent?.client.id !== caller.clientId) throw new FdxFault(404, '404', 'Consent not found');
  return consent;
}
