import type { Request, RequestHandler, Response } from 'express';
import { awaitsAuthorization } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import { findConsentByLaunch, type ConsentRow } from '../../store/consents';
import { hashOf } from '../../store/hash';
import { parameterOf } from '../authentication';
import { bindBrowser, browserHashOf } from '../browser-binding';
import { consentInputOf } from '../consent-input';
import type { ApiDependencies } from '../dependencies';
import type { LaunchAnswer } from '../engine';
import { disclosureDigest, disclosurePage, type Disclosure } from '../pages/disclosure';
import { finishingPage } from '../pages/message';
import { outcomePage } from '../pages/outcome';

const LAUNCH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** `GET /connect/{token}`: binds the browser and shows what will be asked, or what has become of it. */
export function showConnect(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    response.set('Cache-Control', 'no-store');
    if (!awaitsAuthorization(row.status)) {
      response
        .status(row.status === 'abandoned' ? 410 : 200)
        .type('html')
        .send(outcomePage(outcomeOf(row)));
    } else if (row.stage === 'exchanging') {
      response.type('html').send(finishingPage(row.profile.name));
    } else {
      bindBrowser(request, response);
      const disclosure = disclosureOf(row, deps);
      response.type('html').send(disclosurePage({ disclosure, failure: row.failure, returnUrl: row.return_url }));
    }
  };
}

/** `POST /connect/{token}`: the person agreed. Only now is a request pushed, since a `request_uri` lives about a minute. */
export function agreeToConnect(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await launchedConsent(deps, request);
    const browserHash = requireOwnPage(request, deps.settings.publicUrl);
    // Never wakes a consent that has ended: Temporal forgets closed workflows after a while, and would start a second life.
    if (!awaitsAuthorization(row.status)) {
      response.redirect(303, request.originalUrl);
      return;
    }
    const outcome = await deps.engine.launch(consentInputOf(row, deps.settings.durationPolicy), row.application_name, {
      browserHash: browserHash.toString('hex'),
      agreedAt: Date.now(),
      disclosureDigest: disclosureDigest(disclosureOf(row, deps)),
    });
    response.set('Cache-Control', 'no-store');
    answerLaunch(request, response, row, outcome);
  };
}

function answerLaunch(request: Request, response: Response, row: ConsentRow, outcome: LaunchAnswer): void {
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
    case 'overtaken':
      // The page of the same address says how it ended.
      response.redirect(303, request.originalUrl);
  }
}

async function launchedConsent({ database }: ApiDependencies, request: Request): Promise<ConsentRow> {
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

function disclosureOf(row: ConsentRow, { settings }: ApiDependencies): Disclosure {
  return {
    applicationName: row.application_name,
    institutionName: row.profile.name,
    aggregatorName: settings.aggregatorName,
    purpose: row.purpose,
    terms: row.terms,
  };
}

function outcomeOf(row: ConsentRow) {
  return {
    status: row.status,
    failure: row.failure,
    applicationName: row.application_name,
    institutionName: row.profile.name,
    granted: row.granted,
    difference: row.difference,
    expiresAt: row.expires_at,
    receiptId: row.receipt_id,
    returnUrl: row.return_url,
  };
}
