import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { ConsentFailure } from '../domain/failures';
import { accessLog } from './access-log';
import { authenticate } from './authentication';
import type { ApiDependencies } from './dependencies';
import { STYLESHEET } from './pages/stylesheet';
import { failureHandler, methodNotAllowed, routeNotFound } from './problem';
import { receiveCallback } from './routes/callback';
import { allowCodecOrigin, decodePayloads } from './routes/codec';
import { agreeToConnect, showConnect } from './routes/connect';
import { createConsent } from './routes/create-consent';
import { answerHealth, answerReadiness } from './routes/health';
import { putInstitution, readInstitutions } from './routes/institutions';
import { publishKeys } from './routes/keys';
import { readConsent, readReceipt } from './routes/read-consent';
import { deleteRegistration, readRegistration, registerInstitution, updateRegistration } from './routes/registration';

/** The HTTP API as a table: who may do what, where. */
export function createApp(deps: ApiDependencies): Express {
  const { database, log, publishedKeys, settings } = deps;
  const application = authenticate(database, 'application');
  const operator = authenticate(database, 'operator');

  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(accessLog(log), securityHeaders());

  app.route('/v1/consents').post(application, json('64kb'), createConsent(deps)).all(methodNotAllowed('POST'));
  app.route('/v1/consents/:consentId').get(application, readConsent(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/consents/:consentId/receipt').get(application, readReceipt(deps)).all(methodNotAllowed('GET'));
  app.route('/v1/institutions').get(application, readInstitutions(deps)).all(methodNotAllowed('GET'));
  app
    .route('/v1/institutions/:institutionId')
    .put(operator, json('64kb'), putInstitution(deps))
    .all(methodNotAllowed('PUT'));
  app
    .route('/v1/institutions/:institutionId/registration')
    .get(operator, readRegistration(deps))
    .post(operator, json('64kb'), registerInstitution(deps))
    .put(operator, json('64kb'), updateRegistration(deps))
    .delete(operator, deleteRegistration(deps))
    .all(methodNotAllowed('GET', 'POST', 'PUT', 'DELETE'));

  app.route('/connect/:token').get(showConnect(deps)).post(agreeToConnect(deps)).all(methodNotAllowed('GET', 'POST'));
  app.route('/callback').get(receiveCallback(deps)).all(methodNotAllowed('GET'));
  app.route('/assets/style.css').get(sendStylesheet).all(methodNotAllowed('GET'));

  app.route('/.well-known/jwks.json').get(publishKeys(publishedKeys, 'client')).all(methodNotAllowed('GET'));
  app.route('/.well-known/receipt-keys.json').get(publishKeys(publishedKeys, 'receipt')).all(methodNotAllowed('GET'));
  app.route('/healthz').get(answerHealth).all(methodNotAllowed('GET'));
  app.route('/readyz').get(answerReadiness(deps)).all(methodNotAllowed('GET'));

  app
    .route('/codec/decode')
    .all(allowCodecOrigin(settings.codecCorsOrigin))
    .post(operator, json('8mb'), decodePayloads(deps))
    .all(methodNotAllowed('POST'));

  app.use(routeNotFound, failureHandler(log));
  return app;
}

const sendStylesheet: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=3600').type('css').send(STYLESHEET);
};

/** Parses a JSON body, and says so when it is not one. */
function json(limit: string): RequestHandler[] {
  const requireJson: RequestHandler = (request, _response, next) => {
    if (request.is('application/json') === false) throw new ConsentFailure('media_type_unsupported');
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
