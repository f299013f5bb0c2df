import type { RequestHandler, Response } from 'express';
import { INITIAL_STATE } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import { consentWorkflowId, type ConsentId, type InstitutionId, type InvitationId } from '../../domain/ids';
import { newLaunchToken } from '../../invitations/open-invitation';
import {
  findConsent,
  insertConsent,
  markWorkflowStarted,
  type ConsentRow,
  type NewConsent,
} from '../../store/consents';
import { isIdTaken, type Database } from '../../store/database';
import { hashOf, pseudonymOf } from '../../store/hash';
import { findInstitution, type StoredInstitution } from '../../store/institutions';
import { applicationOf } from '../authentication';
import { parseConsentRequest } from '../consent-request';
import { launchUrlOf } from '../consent-view';
import type { createdConsentSchema } from '../contract/schemas/consent';
import type { Sent } from '../contract/schemas/values';
import { consentInputOf } from '../../temporal/consent-input';
import type { ApiDependencies } from '../dependencies';
import { idempotentIdOf, isRepeated } from '../idempotency';
import { dataKeyOf } from '../own-consent';

/** `POST /v1/consents`: the row first, then its workflow. A crash between the two is healed by the next launch or sweep. */
export function createConsent(deps: ApiDependencies): RequestHandler {
  const { database, vault, engine, log, settings, checkInstitution } = deps;
  return async (request, response) => {
    const application = applicationOf(response);
    const id = idempotentIdOf(response, 'consent') as ConsentId;
    // Whoever carried this request out before us may have come this far, and died before anybody was answered.
    const made = isRepeated(response) ? await findConsent(database, id) : undefined;
    if (made) return answerFrom(deps, response, made);
    const { request: asked, terms } = parseConsentRequest(request.body, application, settings.requestPolicy);
    const institution = await findInstitution(database, asked.institutionId as InstitutionId);
    if (!institution) throw new ConsentFailure('institution_unknown');
    await requireReady(institution, checkInstitution);

    const invitationId = idempotentIdOf(response, 'invitation') as InvitationId;
    const launchToken = newLaunchToken();
    const authorizeBy = new Date(Date.now() + settings.authorizationWindowSeconds * 1000);
    const { dataKey, wrapped } = await vault.createDataKey(id);
    const [personSealed, launchSealed] = await Promise.all([
      dataKey.seal('person', id, asked.person.reference),
      dataKey.seal('launch-token', invitationId, launchToken),
    ]);
    const consent: NewConsent = {
      id,
      applicationId: application.id,
      institutionId: institution.profile.id,
      personSealed,
      personPseudonym: pseudonymOf(settings.pseudonymKey, application.id, asked.person.reference),
      purpose: asked.purpose,
      terms,
      ...(asked.returnUrl !== undefined && { returnUrl: asked.returnUrl }),
      ...(asked.language !== undefined && { language: asked.language }),
      metadata: asked.metadata,
      tags: asked.tags,
      state: INITIAL_STATE,
      invitation: {
        id: invitationId,
        consentId: id,
        reason: 'connect',
        terms,
        authorizeBy,
        launchHash: hashOf(launchToken),
        launchSealed,
      },
      dataKeyWrapped: wrapped,
    };
    const others = await insertUnlessMade(database, consent);
    if (others) return answerFrom(deps, response, others);
    const { id: institutionId, name: institutionName } = institution.profile;
    const input = {
      version: 2,
      ...{ consentId: id, applicationId: application.id, institutionId, institutionName, terms },
      authorizeBy: authorizeBy.getTime(),
      policy: settings.lifePolicy,
    } as const;
    await engine.start(input, application.name);
    markWorkflowStarted(database, id).catch(() => {
      log.warn({ consentId: id }, 'the start of a workflow was not noted; the sweep will');
    });
    response
      .status(201)
      .location(`/v1/consents/${id}`)
      .json({
        id,
        status: INITIAL_STATE.status,
        nextAction: INITIAL_STATE.nextAction,
        launchUrl: `${settings.publicUrl}/connect/${launchToken}`,
        workflowId: consentWorkflowId(id),
        authorizeBy: authorizeBy.toISOString(),
      } satisfies Sent<typeof createdConsentSchema>);
  };
}

/** @returns the consent as it stands when somebody else who carries out the same request was quicker by a moment */
function insertUnlessMade(database: Database, consent: NewConsent): Promise<ConsentRow | undefined> {
  return insertConsent(database, consent).then(
    () => undefined,
    async (error: unknown) => {
      const made = isIdTaken(error) ? await findConsent(database, consent.id) : undefined;
      if (!made) throw error;
      return made;
    },
  );
}

/** A consent that is there already, as its request would have been answered: the same id and the same link. */
async function answerFrom(deps: ApiDependencies, response: Response, row: ConsentRow): Promise<void> {
  const { database, engine, settings } = deps;
  if (row.first_launch_jwe === null) throw new ConsentFailure('consent_ended');
  const dataKey = await dataKeyOf(deps, row);
  if (!dataKey) throw new ConsentFailure('consent_ended');
  if (row.workflow_started_at === null) {
    await engine.start(consentInputOf(row, settings.lifePolicy), row.application_name);
    await markWorkflowStarted(database, row.id);
  }
  response
    .status(201)
    .location(`/v1/consents/${row.id}`)
    .json({
      id: row.id,
      status: row.status,
      nextAction: row.next_action,
      launchUrl: await launchUrlOf(row.first_link_id, row.first_launch_jwe, dataKey, settings.publicUrl),
      workflowId: consentWorkflowId(row.id),
      authorizeBy: row.authorize_by.toISOString(),
    });
}

/** An institution that was found broken is looked at once more before anybody is turned away: it may have been mended. */
async function requireReady(
  institution: StoredInstitution,
  checkInstitution: ApiDependencies['checkInstitution'],
): Promise<void> {
  if (institution.readiness !== 'misconfigured') return;
  const { outcome, reason } = await checkInstitution(institution);
  if (outcome === 'misconfigured') throw new ConsentFailure('institution_misconfigured', reason);
}
