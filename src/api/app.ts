import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { openDataAccess } from '../data-access/data-access';
import { dataResources } from '../data-access/resources';
import { ConsentFailure } from '../domain/failures';
import { EXPORTED_RECORDS } from '../exports/export-records';
import { accessLog } from './access-log';
import { audited } from './audit';
import { authenticate } from './authentication';
import type { ApiDependencies } from './dependencies';
import { openedForCaller } from './opener';
import { holdWhilePaused } from './paused-institution';
import { STYLESHEET } from './pages/stylesheet';
import { failureHandler, methodNotAllowed, routeNotFound } from './problem';
import { receiveCallback } from './routes/callback';
import { readCheckpoint } from './routes/checkpoints';
import { allowCodecOrigin, decodePayloads, subjectOfDecode } from './routes/codec';
import { agreeToConnect, renewByLink, showConnect, stopByLink } from './routes/connect';
import { cancelAuthorization, createAuthorization } from './routes/authorizations';
import { createConsent } from './routes/create-consent';
import { completeConsent, revokeConsent } from './routes/end-consent';
import { readData } from './routes/data';
import { createDelegatedCall } from './routes/delegated-calls';
import { readDisclosure, readDisclosures, submitDisclosure } from './routes/disclosures';
import { sendDocument } from './routes/documents';
import { readEvents } from './routes/events';
import { sendExport } from './routes/exports';
import { readDeletionCertificate } from './routes/deletion-certificate';
import { erasePerson } from './routes/erase-person';
import { answerHealth, answerReadiness } from './routes/health';
import { putInstitution, readInstitutions } from './routes/institutions';
import { printAgreed, showAgreed } from './routes/agreed';
import { publishKeys } from './routes/keys';
import { placeLegalHold, readLegalHolds, releaseLegalHold } from './routes/legal-holds';
import { readConsents } from './routes/list-consents';
import { closeOperatorTask, readOperatorTasks, retryOperatorTask } from './routes/operator-tasks';
import { pause, resume } from './routes/pause';
import { receiveNotification, requirePublisher } from './routes/notifications';
import { readConsent, readReceipt } from './routes/read-consent';
import { publishReceiptSchema, readKantaraReceipt, readReceiptById, readReceipts } from './routes/receipts';
import { deleteRegistration, readRegistration, registerInstitution, updateRegistration } from './routes/registration';

/** The HTTP API as tables: who may do what, where. */
export function createApp(deps: ApiDependencies): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(accessLog(deps.log, deps.metrics), openedForCaller(), securityHeaders());
  routesOfApplications(app, deps);
  routesOfData(app, deps);
  routesOfOperators(app, deps);
  routesOfPeople(app, deps);
  publicRoutes(app, deps);
  app.use(routeNotFound, failureHandler(deps.log));
  return app;
}

function routesOfApplications(app: Express, deps: ApiDependencies): void {
  const application = authenticate(deps.database, 'application');
  app
    .route('/v1/consents')
    .get(application, readConsents(deps))
    .post(application, json('64kb'), createConsent(deps))
    .all(methodNotAllowed('GET', 'POST'));
  app
    .route('/v1/consents/:consentId')
    .get(application, readConsent(deps))
    .delete(application, json('64kb'), revokeConsent(deps))
    .all(methodNotAllowed('GET', 'DELETE'));
  app
    .route('/v1/consents/:consentId/authorizations')
    .post(application, json('64kb'), createAuthorization(deps))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/consents/:consentId/authorizations/:invitationId')
    .delete(application, cancelAuthorization(deps))
    .all(methodNotAllowed('DELETE'));
  app
    .route('/v1/consents/:consentId/completion')
    .post(application, json('64kb'), completeConsent(deps))
    .all(methodNotAllowed('POST'));
  app.route('/v1/consents/:consentId/receipt').get(application, readReceipt(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/consents/:consentId/receipts').get(application, readReceipts(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/receipts/:receiptId').get(application, readReceiptById(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/receipts/:receiptId/kantara').get(application, readKantaraReceipt(deps)).all(methodNotAllowed('GET'));
  app
    .route('/v1/consents/:consentId/deletion-certificate')
    .get(application, readDeletionCertificate(deps))
    .all(methodNotAllowed('GET'));
  app.route('/v1/consents/:consentId/events').get(application, readEvents(deps)).all(methodNotAllowed('GET'));
  for (const records of EXPORTED_RECORDS) {
    app.route(`/v1/exports/${records}`).get(application, sendExport(deps, records)).all(methodNotAllowed('GET'));
  }
  app
    .route('/v1/consents/:consentId/disclosures')
    .get(application, readDisclosures(deps))
    // As much as a text of 64 kB can take when JSON escapes it.
    .post(application, json('512kb'), submitDisclosure(deps))
    .all(methodNotAllowed('GET', 'POST'));
  app.route('/v1/disclosures/:disclosureId').get(application, readDisclosure(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/institutions').get(application, readInstitutions(deps)).all(methodNotAllowed('GET'));
}

/** What the person granted, read at their bank. */
function routesOfData(app: Express, deps: ApiDependencies): void {
  const application = authenticate(deps.database, 'application');
  const access = openDataAccess(deps);
  for (const [name, { path, isDocument }] of dataResources()) {
    const read = isDocument === true ? sendDocument(access, name) : readData(access, name);
    app.route(`/v1/consents/:consentId${path}`).get(application, read).all(methodNotAllowed('GET'));
  }
  app
    .route('/v1/consents/:consentId/delegated-calls')
    .post(application, json('64kb'), createDelegatedCall(access))
    .all(methodNotAllowed('POST'));
}

type Change = (action: string, handler: RequestHandler) => RequestHandler[];

function routesOfOperators(app: Express, deps: ApiDependencies): void {
  const operator = authenticate(deps.database, 'operator');
  // Whatever an operator's key changes is written down, in the words of the command line.
  const change: Change = (action, handler) => [operator, ...json('64kb'), audited(deps, action, handler)];
  app
    .route('/v1/institutions/:institutionId')
    .put(change('institutions add', putInstitution(deps)))
    .all(methodNotAllowed('PUT'));
  app
    .route('/v1/institutions/:institutionId/registration')
    .get(operator, readRegistration(deps))
    .post(change('institutions register', registerInstitution(deps)))
    .put(change('institutions registration update', updateRegistration(deps)))
    .delete(change('institutions registration delete', deleteRegistration(deps)))
    .all(methodNotAllowed('GET', 'POST', 'PUT', 'DELETE'));
  app
    .route('/v1/institutions/:institutionId/pause')
    .post(change('institutions pause', pause(deps)))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/institutions/:institutionId/resume')
    .post(change('institutions resume', resume(deps)))
    .all(methodNotAllowed('POST'));
  app.route('/v1/operator-tasks').get(operator, readOperatorTasks(deps)).all(methodNotAllowed('GET'));
  app
    .route('/v1/operator-tasks/:taskId/retry')
    .post(change('tasks retry', retryOperatorTask(deps)))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/operator-tasks/:taskId/close')
    .post(change('tasks close', closeOperatorTask(deps)))
    .all(methodNotAllowed('POST'));
  routesOfRetention(app, deps, change);
  app
    .route('/codec/decode')
    .all(allowCodecOrigin(deps.settings.codecCorsOrigin))
    .post(operator, json('8mb'), audited(deps, 'codec decode', decodePayloads(deps), subjectOfDecode))
    .all(methodNotAllowed('POST'));
}

/** What must not be deleted, and what must be at once. */
function routesOfRetention(app: Express, deps: ApiDependencies, change: Change): void {
  app
    .route('/v1/legal-holds')
    .get(authenticate(deps.database, 'operator'), readLegalHolds(deps))
    .all(methodNotAllowed('GET'));
  app
    .route('/v1/legal-holds/:holdId/release')
    .post(change('holds release', releaseLegalHold(deps)))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/consents/:consentId/legal-holds')
    .post(change('holds place', placeLegalHold(deps)))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/consents/:consentId/erasure')
    .post(change('consents erase', erasePerson(deps)))
    .all(methodNotAllowed('POST'));
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
  app
    .route('/notifications')
    .post(requirePublisher(deps), json('64kb'), receiveNotification(deps))
    .all(methodNotAllowed('POST'));
  app.route('/callback').get(receiveCallback(deps)).all(methodNotAllowed('GET'));
  app.route('/assets/style.css').get(sendStylesheet).all(methodNotAllowed('GET'));
}

function publicRoutes(app: Express, deps: ApiDependencies): void {
  const { publishedKeys } = deps;
  app.route('/.well-known/jwks.json').get(publishKeys(publishedKeys, 'client')).all(methodNotAllowed('GET'));
  app.route('/.well-known/receipt-keys.json').get(publishKeys(publishedKeys, 'receipt')).all(methodNotAllowed('GET'));
  app.route('/schemas/consent-receipt/2.json').get(publishReceiptSchema).all(methodNotAllowed('GET'));
  app.route('/.well-known/audit-checkpoints/:number').get(readCheckpoint(deps)).all(methodNotAllowed('GET'));
  app.route('/healthz').get(answerHealth).all(methodNotAllowed('GET'));
  app.route('/readyz').get(answerReadiness(deps)).all(methodNotAllowed('GET'));
}

/** What our own form sends. */
const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20, inflate: false });

const sendStylesheet: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=3600').type('css').send(STYLESHEET);
};

/** Parses a JSON body, and says so when it is not one. */
function json(limit: string): RequestHandler[] {
  const requireJson: RequestHandler = (request, _response, next) => {
    // A POST without a body comes with this length, and has no type to be wrong.
    const isEmpty = request.get('content-length') === '0';
    if (!isEmpty && request.is('application/json') === false) throw new ConsentFailure('media_type_unsupported');
    next();
  };
  return [requireJson, express.json({ limit, strict: true, inflate: false })];
}

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
