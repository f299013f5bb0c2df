import type { Request, RequestHandler, Response } from 'express';
import { awaitsAuthorization } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import { openInvitation, requireInvitation } from '../../invitations/open-invitation';
import { requestRevocation } from '../../revocation/request-revocation';
import { findConsentByLaunch, type LaunchedRow } from '../../store/consents';
import { hashOf } from '../../store/hash';
import { parameterOf } from '../authentication';
import { bindBrowser, browserHashOf } from '../browser-binding';
import { consentInputOf } from '../../temporal/consent-input';
import type { ApiDependencies } from '../dependencies';
import type { LaunchAnswer } from '../../temporal/consent-engine';
import { disclosureDigest, disclosurePage, type Disclosure } from '../pages/disclosure';
import { finishingPage } from '../pages/message';
import { dataKeyOf } from '../own-consent';
import { launchUrlOf } from '../consent-view';
import { returnUrlOf } from '../return-url';
import { outcomePage, type Outcome } from '../pages/outcome';

const LAUNCH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** `GET /connect/{token}`: binds the browser and shows what will be asked, or what has become of it. */
export function showConnect(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    response.set('Cache-Control', 'no-store').type('html');
    if (isOpen(row) && row.stage === 'exchanging') {
      response.send(finishingPage(row.profile.name));
    } else if (isOpen(row)) {
      bindBrowser(request, response);
      const disclosure = disclosureOf(row, deps);
      response.send(disclosurePage({ disclosure, failure: row.failure, returnUrl: row.return_url }));
    } else {
      bindBrowser(request, response);
      response.status(row.status === 'abandoned' ? 410 : 200).send(outcomePage(outcomeOf(row, request)));
    }
  };
}

/** `POST /connect/{token}`: the person agreed. Only now is a request pushed, since a `request_uri` lives about a minute. */
export function agreeToConnect(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    const browserHash = requireOwnPage(request, deps.settings.publicUrl);
    // Never wakes a consent that has ended: Temporal forgets closed workflows after a while, and would start a second life.
    if (!isOpen(row)) {
      response.redirect(303, request.originalUrl);
      return;
    }
    const outcome = await deps.engine.launch(consentInputOf(row, deps.settings.lifePolicy), row.application_name, {
      browserHash: browserHash.toString('hex'),
      agreedAt: Date.now(),
      disclosureDigest: disclosureDigest(disclosureOf(row, deps)),
      invitationId: row.link_id,
    });
    response.set('Cache-Control', 'no-store');
    answerLaunch(request, response, row, outcome);
  };
}

/**
 * `POST /connect/{token}/renewal`: a link that is no longer good leads to one that is, when the person wants it: on the terms that
 * are in force.
 */
export function renewByLink(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    requireOwnPage(request, deps.settings.publicUrl);
    const dataKey = await dataKeyOf(deps, row);
    if (row.status !== 'active' || row.terms.durationType === 'ONE_TIME' || !dataKey) {
      response.redirect(303, linkPage(request));
      return;
    }
    const { invitationId } = await openInvitation(
      { database: deps.database, engine: deps.engine, dataKey },
      {
        consentId: row.id,
        reason: row.grant_lost || row.next_action === 'reauthorize' ? 'reauthorize' : 'renew',
        terms: row.terms,
        authorizeBy: new Date(Date.now() + deps.settings.authorizationWindowSeconds * 1000),
      },
    );
    const { launch_jwe: sealed } = await requireInvitation(deps.database, row.id, invitationId);
    if (sealed === null) throw new ConsentFailure('invitation_closed');
    response.redirect(303, await launchUrlOf(invitationId, sealed, dataKey, deps.settings.publicUrl));
  };
}

/** `POST /connect/{token}/end`: the person ends the consent, as easily as they gave it (12 CFR 1033.421(h)). */
export function stopByLink(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    requireOwnPage(request, deps.settings.publicUrl);
    await requestRevocation(deps, row.id, { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' });
    response.redirect(303, linkPage(request));
  };
}

/** Whether the person can still go to the bank by this link. */
function isOpen(row: LaunchedRow): boolean {
  if (row.status === 'active') return row.invitation_id === row.link_id;
  return awaitsAuthorization(row.status) && row.link_reason === 'connect';
}

/** The page of the link that a form on it was sent from. */
function linkPage(request: Request): string {
  return `/connect/${parameterOf(request, 'token')}`;
}

function answerLaunch(request: Request, response: Response, row: LaunchedRow, outcome: LaunchAnswer): void {
  switch (outcome.kind) {
    case 'redirect':
      response.redirect(303, outcome.authorizationUrl);
      return;
    case 'try_again':
      throw new ConsentFailure(outcome.failure, undefined, outcome.retryAfterSeconds);
    case 'busy':
      response.type('html').send(finishingPage(row.profile.name));
      return;
    case 'too_often':
      throw new ConsentFailure('launch_limit_reached');
    case 'ended':
    case 'closed':
    case 'overtaken':
      // The page of the same address says how it ended.
      response.redirect(303, request.originalUrl);
  }
}

async function launchedConsent({ database }: ApiDependencies, request: Request): Promise<LaunchedRow> {
  const token = parameterOf(request, 'token');
  const row = LAUNCH_TOKEN.test(token) ? await findConsentByLaunch(database, hashOf(token)) : undefined;
  if (!row) throw new ConsentFailure('launch_link_unknown');
  return row;
}

/**
 * The flow is started by the person and nobody else (FAPI 2.0 Security Profile §5.3.3.1): the browser must have opened our page
 * before, and a form on a foreign page neither brings the Lax cookie nor our origin.
 */
function requireOwnPage(request: Request, publicUrl: string): Buffer {
  const origin = request.get('origin');
  const browserHash = browserHashOf(request);
  if (!browserHash || (origin !== undefined && origin !== new URL(publicUrl).origin)) {
    throw new ConsentFailure('launch_foreign_origin');
  }
  return browserHash;
}

function disclosureOf(row: LaunchedRow, { settings }: ApiDependencies): Disclosure {
  return {
    applicationName: row.application_name,
    institutionName: row.profile.name,
    aggregatorName: settings.aggregatorName,
    purpose: row.purpose,
    terms: row.link_terms,
    reason: row.link_reason,
  };
}

function outcomeOf(row: LaunchedRow, request: Request): Outcome {
  return {
    status: row.status,
    failure: row.failure,
    linkOutcome: row.link_outcome,
    nextAction: row.next_action,
    isRenewable: row.terms.durationType !== 'ONE_TIME',
    linkPath: linkPage(request),
    applicationName: row.application_name,
    institutionName: row.profile.name,
    granted: row.granted,
    difference: row.difference,
    expiresAt: row.expires_at,
    receiptId: row.receipt_id,
    returnUrl: row.return_url === null ? null : returnUrlOf(row.return_url, row.id, { status: row.status }),
  };
}
