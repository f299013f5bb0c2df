import type { Request, RequestHandler, Response } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { openInvitation, requireInvitation } from '../../invitations/open-invitation';
import { requestRevocation } from '../../revocation/request-revocation';
import type { LaunchedRow } from '../../store/consents';
import { findAgreedBy } from '../../store/disclosures';
import { bindBrowser } from '../browser-binding';
import { agreementOf } from '../link-agreement';
import { linkDisclosure, type LinkDisclosure } from '../link-disclosure';
import { isOpen, launchedConsent, linkPage, requireOwnPage } from '../launched-link';
import { consentInputOf } from '../../temporal/consent-input';
import type { ApiDependencies } from '../dependencies';
import type { LaunchAnswer } from '../../temporal/consent-engine';
import { agreedElsewherePage } from '../pages/agreed-elsewhere';
import { disclosurePage } from '../pages/disclosure';
import { finishingPage } from '../pages/message';
import { dataKeyOf } from '../own-consent';
import { launchUrlOf } from '../consent-view';
import { returnUrlOf } from '../return-url';
import { outcomePage, type Outcome } from '../pages/outcome';

/** `GET /connect/{token}`: binds the browser and shows what will be asked, or what has become of it. */
export function showConnect(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    response.set('Cache-Control', 'no-store').type('html');
    if (isOpen(row) && row.stage === 'exchanging') {
      response.send(finishingPage(row.profile.name));
    } else if (isOpen(row)) {
      bindBrowser(request, response);
      response.vary('Accept-Language').send(linkPageOf(row, request, await linkDisclosure(deps, row, request)));
    } else {
      bindBrowser(request, response);
      const agreed = row.purged_at ? undefined : await findAgreedBy(deps.database, row.link_id);
      const copyPath = agreed ? `${linkPage(request)}/disclosure` : null;
      const outcome = outcomePage({ ...outcomeOf(row, request), copyPath });
      response.status(row.status === 'abandoned' ? 410 : 200).send(outcome);
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
    response.set('Cache-Control', 'no-store');
    // What was agreed to is written down before anything follows from it.
    const agreement = await agreementOf(deps, row, request, response);
    if (agreement.kind === 'refused') {
      const { disclosure, because, name } = agreement;
      response.status(because === 'changed' ? 409 : 422).type('html');
      response.send(linkPageOf(row, request, disclosure, { because, name }));
      return;
    }
    const outcome = await deps.engine.launch(consentInputOf(row, deps.settings.lifePolicy), row.application_name, {
      browserHash: browserHash.toString('hex'),
      agreedAt: agreement.agreedAt.getTime(),
      disclosureDigest: agreement.digest,
      agreementId: agreement.agreementId,
      invitationId: row.link_id,
    });
    answerLaunch(request, response, row, outcome);
  };
}

function linkPageOf(
  row: LaunchedRow,
  request: Request,
  disclosure: LinkDisclosure,
  refused?: { readonly because: 'changed' | 'name'; readonly name: string },
): string {
  const { failure, return_url: returnUrl } = row;
  if (disclosure.kind === 'ours') return disclosurePage({ ...disclosure, failure, refused, returnUrl });
  return agreedElsewherePage({
    applicationName: row.application_name,
    institutionName: row.profile.name,
    digest: disclosure.agreed.digest,
    language: row.language ?? disclosure.agreed.language,
    linkPath: linkPage(request),
    failure,
    returnUrl,
  });
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

function outcomeOf(row: LaunchedRow, request: Request): Omit<Outcome, 'copyPath'> {
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
