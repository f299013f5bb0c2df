import { randomBytes, randomUUID } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { parseCookie } from 'cookie';
import type { Bank, Tokens } from './bank';
import { Consents, type Consent } from './consents';
import type { SigningKey } from './keys';
import { signReceipt } from './receipt';
import type { Settings } from './settings';
import type { Terms } from './terms';

export interface AppParts {
  bank: Bank;
  clientKey: SigningKey;
  receiptKey: SigningKey;
  settings: Settings;
}

const COOKIE = '__Host-hand-rolled';

/** The product's HTTP surface as one would write it in an afternoon: what happens is remembered in this process only. */
export function createApp({ bank, clientKey, receiptKey, settings }: AppParts): Express {
  const consents = new Consents();
  const app = express().disable('x-powered-by').disable('etag');
  const application = requireApiKey(settings.apiKey);

  app.get('/.well-known/jwks.json', (_request, response) => {
    response.json({ keys: [clientKey.publicJwk] });
  });

  app.post('/v1/consents', application, express.json(), (request, response) => {
    const launchToken = token();
    const consent: Consent = { id: randomUUID(), status: 'requested', launchToken, terms: request.body as Terms };
    consents.add(consent);
    response.status(201).json({ id: consent.id, launchUrl: `${settings.publicUrl}/connect/${launchToken}` });
  });

  app.get('/connect/:token', (request, response) => {
    const consent = consents.findByLaunchToken(request.params.token);
    if (!consent) {
      response.status(404).send('no such consent');
      return;
    }
    consent.browser = browserOf(request) ?? token();
    response.cookie(COOKIE, consent.browser, { httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
    response.type('html').send(disclosureOf(consent));
  });

  app.post('/connect/:token', async (request, response) => {
    const consent = consents.findByLaunchToken(request.params.token);
    if (consent?.browser === undefined || consent.browser !== browserOf(request)) {
      response.status(403).send('not your consent');
      return;
    }
    const trip = await bank.prepare();
    const url = await bank.pushAuthorizationRequest(trip, consent.terms);
    Object.assign(consent, { trip, status: 'authorizing' });
    consents.await(trip.state, consent);
    response.redirect(303, url.href);
  });

  app.get('/callback', async (request, response) => {
    const { state } = request.query;
    const consent = typeof state === 'string' ? consents.takeByState(state) : undefined;
    if (!consent?.trip || consent.browser !== browserOf(request)) {
      response.status(403).send('not your callback');
      return;
    }
    // `state` and `iss` are compared by the library before the code is used (RFC 9207 §2.4).
    const tokens = await bank.exchangeCode(consent.trip, new URL(request.originalUrl, settings.publicUrl));
    const grant = await bank.read(consent.trip, tokens, `/consents/${bankConsentIdOf(tokens)}`);
    const accounts = await bank.read(consent.trip, tokens, '/accounts');
    consent.receipt = await signReceipt(consent, tokens, { grant, accounts }, receiptKey);
    consent.status = 'active';
    response.redirect(303, `${settings.returnUrl}?consentId=${consent.id}&status=active`);
  });

  app.get('/v1/consents/:id/receipt', application, (request, response) => {
    const receipt = consents.find(String(request.params['id']))?.receipt;
    if (receipt) response.json(receipt);
    else response.status(404).json({ error: 'no receipt' });
  });
  return app;
}

function requireApiKey(apiKey: string): RequestHandler {
  return (request, response, next) => {
    if (request.get('authorization') === `Bearer ${apiKey}`) next();
    else response.status(401).json({ error: 'unauthenticated' });
  };
}

const token = (): string => randomBytes(32).toString('base64url');

const browserOf = (request: Request): string | undefined => parseCookie(request.get('cookie') ?? '')[COOKIE];

function disclosureOf({ terms }: Consent): string {
  const clusters = terms.resources.flatMap(({ dataClusters }) => dataClusters.map((name) => `<li>${name}</li>`));
  return `<!doctype html><title>Connect</title><ul>${clusters.join('')}</ul><form method="post"><button>Continue</button></form>`;
}

/** Where the sandbox bank puts it: beside the tokens. */
function bankConsentIdOf(tokens: Tokens): string {
  const id = tokens['fdxConsentId'];
  if (typeof id !== 'string') throw new Error('the bank named no consent');
  return encodeURIComponent(id);
}
