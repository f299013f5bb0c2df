import type { RequestHandler } from 'express';
import { awaitsAuthorization, hasEnded } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import type { InvitationId } from '../../domain/ids';
import { openInvitation, requireInvitation } from '../../invitations/open-invitation';
import { parameterOf } from '../authentication';
import { parseAuthorizationRequest } from '../authorization-request';
import { launchUrlOf } from '../consent-view';
import type { invitationSchema } from '../contract/schemas/consent';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { idempotentIdOf } from '../idempotency';
import { noteRequest } from '../note-request';
import { dataKeyOf, ownConsent, requireSeen, requireUnchanged } from '../own-consent';

/**
 * `POST /v1/consents/{consentId}/authorizations`: a link with which the person of an active consent authorizes anew: the same
 * terms again, or others. The consent keeps its id; what it has works until the new grant is proven.
 */
export function createAuthorization(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    await requireSeen(deps, request, row);
    if (awaitsAuthorization(row.status)) throw new ConsentFailure('consent_not_connected');
    const dataKey = hasEnded(row.status) ? undefined : await dataKeyOf(deps, row);
    if (!dataKey) throw new ConsentFailure('consent_ended');
    const { settings } = deps;
    const { reason, terms } = parseAuthorizationRequest(request.body, row, settings.requestPolicy);
    const authorizeBy = new Date(Date.now() + settings.authorizationWindowSeconds * 1000);
    await requireUnchanged(deps, request, row);
    const opened = await openInvitation(
      { database: deps.database, engine: deps.engine, dataKey },
      { consentId: row.id, reason, terms, authorizeBy, id: idempotentIdOf(response, 'invitation') as InvitationId },
    );
    const invitation = await requireInvitation(deps.database, row.id, opened.invitationId);
    if (invitation.launch_jwe === null) throw new ConsentFailure('consent_ended');
    response
      .status(opened.isNew ? 201 : 200)
      .set('Cache-Control', 'no-store')
      .json({
        id: invitation.id,
        consentId: row.id,
        reason: invitation.reason,
        requested: invitation.terms,
        launchUrl: await launchUrlOf(invitation.id, invitation.launch_jwe, dataKey, settings.publicUrl),
        authorizeBy: invitation.authorize_by.toISOString(),
      } satisfies Sent<typeof invitationSchema>);
  };
}

/** `DELETE /v1/consents/{consentId}/authorizations/{invitationId}`: the link is no longer good, and nothing else changes. */
export function cancelAuthorization(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const id = parameterOf(request, 'invitationId') as InvitationId;
    const invitation = await requireInvitation(deps.database, row.id, id);
    if (invitation.reason === 'connect') throw new ConsentFailure('invitation_not_found');
    await noteRequest(deps, row.id, 'invitation.cancel_requested', { invitationId: id });
    const answer = await deps.engine.cancelInvitation(row.id, id);
    if (answer === 'busy') throw new ConsentFailure('authorization_in_progress');
    response.status(204).end();
  };
}
