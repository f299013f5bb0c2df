import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { openDataAccess } from '../data-access/data-access';
import { resourceOf } from '../data-access/resources';
import { accessLog } from './access-log';
import * as access from './contract/operations/access';
import * as consents from './contract/operations/consents';
import * as data from './contract/operations/data';
import * as events from './contract/operations/events';
import * as evidence from './contract/operations/evidence';
import * as institutions from './contract/operations/institutions';
import * as operators from './contract/operations/operators';
import * as service from './contract/operations/service';
import * as webhooks from './contract/operations/webhooks';
import type { ApiDependencies } from './dependencies';
import { authenticate } from './authentication';
import { mount, route, type Route } from './mount';
import { openedForCaller } from './opener';
import { holdWhilePaused } from './paused-institution';
import { STYLESHEET } from './pages/stylesheet';
import { failureHandler, methodNotAllowed, routeNotFound } from './problem';
import { readApplicationEvent, readApplicationEvents } from './routes/application-events';
import { createApplicationClient, deleteApplicationClient, readApplicationClients } from './routes/application-clients';
import {
  createApplicationKey,
  readApplicationKeys,
  revokeApplicationKey,
  rotateApplicationKey,
} from './routes/application-keys';
import { createApplication, putApplication, readApplication, readApplications } from './routes/applications';
import { receiveCallback } from './routes/callback';
import { readCheckpoint } from './routes/checkpoints';
import { allowCodecOrigin, decodePayloads } from './routes/codec';
import { agreeToConnect, renewByLink, showConnect, stopByLink } from './routes/connect';
import { cancelAuthorization, createAuthorization } from './routes/authorizations';
import { createConsent } from './routes/create-consent';
import { completeConsent, revokeConsent } from './routes/end-consent';
import { readData } from './routes/data';
import { createDelegatedCall, mayStillDelegate } from './routes/delegated-calls';
import { readDisclosure, readDisclosures, submitDisclosure } from './routes/disclosures';
import { sendDocument } from './routes/documents';
import { readEvents } from './routes/events';
import { streamEvents } from './routes/event-stream';
import { sendExport } from './routes/exports';
import { readDeletionCertificate } from './routes/deletion-certificate';
import { erasePerson } from './routes/erase-person';
import { answerHealth, answerReadiness } from './routes/health';
import { putInstitution, readInstitutions } from './routes/institutions';
import { printAgreed, showAgreed } from './routes/agreed';
import { publishKeys } from './routes/keys';
import { placeLegalHold, readLegalHolds, releaseLegalHold } from './routes/legal-holds';
import { labelConsent } from './routes/label-consent';
import { readConsents, searchConsents } from './routes/list-consents';
import { closeOperatorTask, readOperatorTasks, retryOperatorTask } from './routes/operator-tasks';
import { pause, resume } from './routes/pause';
import { receiveNotification } from './routes/notifications';
import { mountDocs } from './routes/docs';
import { sendOpenApi } from './routes/openapi';
import { readConsent, readReceipt } from './routes/read-consent';
import { publishReceiptSchema, readKantaraReceipt, readReceiptById, readReceipts } from './routes/receipts';
import {
  readWebhookDeliveries,
  readWebhookDelivery,
  replayWebhooks,
  retryWebhookDelivery,
  testWebhookEndpoint,
} from './routes/webhook-deliveries';
import { openWaitingRoom, type WaitingRoom } from './waiting';
import * as endpoints from './routes/webhook-endpoints';
import { deleteRegistration, readRegistration, registerInstitution, updateRegistration } from './routes/registration';

/** The HTTP API as tables: who may do what, where. */
export function createApp(deps: ApiDependencies): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(accessLog(deps.log, deps.metrics), openedForCaller(), securityHeaders());
  // Before anybody is asked who they are: a browser asks first whether it may ask.
  app.use('/codec/decode', allowCodecOrigin(deps.settings.codecCorsOrigin));
  mount(app, deps, routesOf(deps));
  routesOfPeople(app, deps);
  mountDocs(app);
  app.use(routeNotFound, failureHandler(deps.log));
  return app;
}

/** What programs may do: all of it is in `/openapi.json`. */
export function routesOf(deps: ApiDependencies): readonly Route[] {
  const room = openWaitingRoom(deps);
  return [
    ...routesOfApplications(deps, room),
    ...routesOfEvents(deps, room),
    ...routesOfEvidence(deps),
    ...routesOfData(deps),
    ...routesOfWebhooks(deps),
    ...routesOfInstitutions(deps),
    ...routesOfAccess(deps),
    ...routesOfOperators(deps),
    ...routesOfTheService(deps),
  ];
}

function routesOfApplications(deps: ApiDependencies, room: WaitingRoom): readonly Route[] {
  return [
    route(consents.listConsentsOperation, readConsents(deps)),
    route(consents.createConsentOperation, createConsent(deps)),
    // Before the one below, which would take its name for an id.
    route(consents.searchConsentsOperation, searchConsents(deps)),
    route(consents.getConsentOperation, readConsent(deps, room)),
    route(consents.labelConsentOperation, labelConsent(deps)),
    route(consents.revokeConsentOperation, revokeConsent(deps, room)),
    route(consents.createAuthorizationOperation, createAuthorization(deps)),
    route(consents.cancelAuthorizationOperation, cancelAuthorization(deps)),
    route(consents.completeConsentOperation, completeConsent(deps, room)),
    route(consents.getDeletionCertificateOperation, readDeletionCertificate(deps)),
  ];
}

/** What happens, for those who poll and those who listen. */
function routesOfEvents(deps: ApiDependencies, room: WaitingRoom): readonly Route[] {
  return [
    route(events.listEventsOperation, readApplicationEvents(deps, room)),
    // Before the one below, which would take its name for an id.
    route(events.streamEventsOperation, streamEvents(deps, authenticate(deps, events.streamEventsOperation.access))),
    route(events.getEventOperation, readApplicationEvent(deps)),
  ];
}

function routesOfEvidence(deps: ApiDependencies): readonly Route[] {
  return [
    route(evidence.getLatestReceiptOperation, readReceipt(deps)),
    route(evidence.listReceiptsOperation, readReceipts(deps)),
    route(evidence.getReceiptOperation, readReceiptById(deps)),
    route(evidence.getKantaraReceiptOperation, readKantaraReceipt(deps)),
    route(evidence.listConsentEventsOperation, readEvents(deps)),
    ...evidence.EXPORT_OPERATIONS.map(([records, operation]) => route(operation, sendExport(deps, records))),
    route(evidence.listDisclosuresOperation, readDisclosures(deps)),
    route(evidence.submitDisclosureOperation, submitDisclosure(deps)),
    route(evidence.getDisclosureOperation, readDisclosure(deps)),
  ];
}

/** What the person granted, read at their bank. */
function routesOfData(deps: ApiDependencies): readonly Route[] {
  const bankAccess = openDataAccess(deps);
  return [
    ...data
      .dataOperations()
      .map(([name, operation]) =>
        route(
          operation,
          resourceOf(name).isDocument === true ? sendDocument(bankAccess, name) : readData(bankAccess, name),
        ),
      ),
    {
      ...route(data.createDelegatedCallOperation, createDelegatedCall(bankAccess)),
      mayGiveAgain: mayStillDelegate(bankAccess),
    },
  ];
}

function routesOfWebhooks(deps: ApiDependencies): readonly Route[] {
  return [
    route(webhooks.listWebhookEndpointsOperation, endpoints.readWebhookEndpoints(deps)),
    route(webhooks.createWebhookEndpointOperation, endpoints.createWebhookEndpoint(deps)),
    route(webhooks.getWebhookEndpointOperation, endpoints.readWebhookEndpoint(deps)),
    route(webhooks.updateWebhookEndpointOperation, endpoints.updateWebhookEndpoint(deps)),
    route(webhooks.deleteWebhookEndpointOperation, endpoints.deleteWebhookEndpoint(deps)),
    route(webhooks.verifyWebhookEndpointOperation, endpoints.verifyWebhookEndpoint(deps)),
    route(webhooks.pauseWebhookEndpointOperation, endpoints.pauseWebhookEndpoint(deps)),
    route(webhooks.resumeWebhookEndpointOperation, endpoints.resumeWebhookEndpoint(deps)),
    route(webhooks.rotateWebhookSecretOperation, endpoints.rotateWebhookSecret(deps)),
    route(webhooks.testWebhookEndpointOperation, testWebhookEndpoint(deps)),
    route(webhooks.replayWebhooksOperation, replayWebhooks(deps)),
    route(webhooks.listWebhookDeliveriesOperation, readWebhookDeliveries(deps)),
    route(webhooks.getWebhookDeliveryOperation, readWebhookDelivery(deps)),
    route(webhooks.retryWebhookDeliveryOperation, retryWebhookDelivery(deps)),
  ];
}

function routesOfInstitutions(deps: ApiDependencies): readonly Route[] {
  return [
    route(institutions.listInstitutionsOperation, readInstitutions(deps)),
    route(institutions.putInstitutionOperation, putInstitution(deps)),
    route(institutions.getRegistrationOperation, readRegistration(deps)),
    route(institutions.createRegistrationOperation, registerInstitution(deps)),
    route(institutions.updateRegistrationOperation, updateRegistration(deps)),
    route(institutions.deleteRegistrationOperation, deleteRegistration(deps)),
    route(institutions.pauseInstitutionOperation, pause(deps)),
    route(institutions.resumeInstitutionOperation, resume(deps)),
  ];
}

/** Who may ask, and with what. */
function routesOfAccess(deps: ApiDependencies): readonly Route[] {
  return [
    route(access.listApplicationsOperation, readApplications(deps)),
    route(access.createApplicationOperation, createApplication(deps)),
    route(access.getApplicationOperation, readApplication(deps)),
    route(access.putApplicationOperation, putApplication(deps)),
    route(access.listApplicationKeysOperation, readApplicationKeys(deps)),
    route(access.createApplicationKeyOperation, createApplicationKey(deps)),
    route(access.rotateApplicationKeyOperation, rotateApplicationKey(deps)),
    route(access.revokeApplicationKeyOperation, revokeApplicationKey(deps)),
    route(access.listApplicationClientsOperation, readApplicationClients(deps)),
    route(access.createApplicationClientOperation, createApplicationClient(deps)),
    route(access.deleteApplicationClientOperation, deleteApplicationClient(deps)),
  ];
}

function routesOfOperators(deps: ApiDependencies): readonly Route[] {
  return [
    route(operators.listOperatorTasksOperation, readOperatorTasks(deps)),
    route(operators.retryOperatorTaskOperation, retryOperatorTask(deps)),
    route(operators.closeOperatorTaskOperation, closeOperatorTask(deps)),
    // What must not be deleted, and what must be at once.
    route(operators.listLegalHoldsOperation, readLegalHolds(deps)),
    route(operators.releaseLegalHoldOperation, releaseLegalHold(deps)),
    route(operators.placeLegalHoldOperation, placeLegalHold(deps)),
    route(operators.erasePersonOperation, erasePerson(deps)),
    route(operators.decodePayloadsOperation, decodePayloads(deps)),
  ];
}

function routesOfTheService(deps: ApiDependencies): readonly Route[] {
  const { publishedKeys } = deps;
  return [
    route(service.getOpenApiOperation, sendOpenApi()),
    route(service.receiveNotificationOperation, receiveNotification(deps)),
    route(service.getClientKeysOperation, publishKeys(publishedKeys, 'client')),
    route(service.getReceiptKeysOperation, publishKeys(publishedKeys, 'receipt')),
    route(service.getReceiptSchemaOperation, publishReceiptSchema),
    route(service.getCheckpointOperation, readCheckpoint(deps)),
    route(service.getHealthOperation, answerHealth),
    route(service.getReadinessOperation, answerReadiness(deps)),
  ];
}

/** Pages, and where banks send people back to. */
function routesOfPeople(app: Express, deps: ApiDependencies): void {
  app
    .route('/connect/:token')
    .get(holdWhilePaused(deps), showConnect(deps))
    .post(holdWhilePaused(deps), form, agreeToConnect(deps))
    .all(methodNotAllowed('GET', 'POST'));
  app.route('/connect/:token/disclosure').get(showAgreed(deps)).all(methodNotAllowed('GET'));
  app.route('/connect/:token/disclosure.pdf').get(printAgreed(deps)).all(methodNotAllowed('GET'));
  app.route('/connect/:token/renewal').post(renewByLink(deps)).all(methodNotAllowed('POST'));
  app.route('/connect/:token/end').post(stopByLink(deps)).all(methodNotAllowed('POST'));
  app.route('/callback').get(receiveCallback(deps)).all(methodNotAllowed('GET'));
  app.route('/assets/style.css').get(sendStylesheet).all(methodNotAllowed('GET'));
}

/** What our own form sends. */
const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20, inflate: false });

const sendStylesheet: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=3600').type('css').send(STYLESHEET);
};

function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ['data:'],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        // No form-action: Chromium applies it to the redirect after the form too, and that one leads to a bank.
      },
    },
    // The addresses of our pages carry launch tokens and codes; nobody downstream is told them. Not `no-referrer`: under it
    // browsers send `Origin: null` with our own form too (Fetch §3.2), and that is what a foreign one is refused by.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}
