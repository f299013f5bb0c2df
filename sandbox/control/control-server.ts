import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import { type BankBehaviour, bankBehaviour, defaultBehaviour } from '../behaviour';
import type { ConsentBook } from '../consents/consent-book';
import { answerJson, receive } from '../exchange';
import type { KeyRing } from '../key-ring';
import type { PublicationLog } from '../notifications/publication-log';
import type { SubscriptionBook } from '../notifications/subscription-book';
import { authorizationPushed } from './authorization-of';
import { setClockOffset } from './clock';
import { consentControls } from './consent-controls';
import type { ControlAnswer, ControlRoute } from './control-route';
import { ENDPOINTS } from './endpoints';
import { faultRule, type FaultRuleRequest } from './fault';
import type { Journal } from './journal';
import { notificationControls } from './notification-controls';
import type { Rulebook } from './rulebook';

export interface ControlParts {
  provider: Provider;
  rulebook: Rulebook;
  journal: Journal;
  consents: ConsentBook;
  keyRing: KeyRing;
  behaviour: BankBehaviour;
  log: PublicationLog;
  subscriptions: SubscriptionBook;
}

const keyRotation = z.strictObject({ keepOld: z.boolean() });

/** The test's hand inside the bank: plain HTTP on loopback, and only where SANDBOX_CONTROL_PORT asks for it. */
export function createControlServer(parts: ControlParts): Server {
  const routes = [
    ...faultRoutes(parts),
    ...journalRoutes(parts),
    ...consentControls(parts),
    ...notificationControls(parts),
    ...keyRoutes(parts),
    ...behaviourRoutes(parts),
  ];
  return createServer((req, res) => {
    serve(routes, req, res).catch((error: unknown) => {
      const detail = error instanceof z.ZodError ? error.issues : String(error);
      answerJson(res, error instanceof z.ZodError ? 400 : 500, { error: detail });
    });
  });
}

async function serve(routes: ControlRoute[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { url, body } = await receive(req, res, new URL(req.url ?? '/', 'http://control'));
  for (const { method, path, handle } of routes) {
    const found = method === req.method ? path.exec(url.pathname) : null;
    if (!found) continue;
    const answer = await handle({ id: decodeURIComponent(found[1] ?? ''), query: url.searchParams, body });
    if (answer.status === 204) res.writeHead(204).end();
    else answerJson(res, answer.status, answer.body);
    return;
  }
  answerJson(res, 404, { error: 'no such control' });
}

const faultRoutes = ({ rulebook, provider }: ControlParts): ControlRoute[] => [
  {
    method: 'POST',
    path: /^\/faults$/,
    handle: async ({ body }) => {
      const rule = await aboutTrip(faultRule.parse(body), provider);
      return rule ? { status: 201, body: rulebook.add(rule) } : { status: 404, body: { error: 'no such request_uri' } };
    },
  },
  { method: 'GET', path: /^\/faults$/, handle: () => ({ status: 200, body: { faults: rulebook.list() } }) },
  {
    method: 'DELETE',
    path: /^\/faults$/,
    handle: () => {
      rulebook.clear();
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: /^\/faults\/([^/]+)$/,
    handle: ({ id }) => (rulebook.delete(id) ? { status: 204 } : { status: 404, body: { error: 'no such fault' } }),
  },
];

/** A `request_uri` is known at one endpoint only; the trip that it began is known by its code challenge at all of them. */
async function aboutTrip(rule: FaultRuleRequest, provider: Provider): Promise<FaultRuleRequest | undefined> {
  const { requestUri, ...named } = rule.authorization ?? {};
  if (requestUri === undefined) return rule;
  const { codeChallenge } = await authorizationPushed(requestUri, provider);
  return codeChallenge === undefined ? undefined : { ...rule, authorization: { ...named, codeChallenge } };
}

const journalRoutes = ({ journal }: ControlParts): ControlRoute[] => [
  {
    method: 'GET',
    path: /^\/requests$/,
    handle: ({ query }) => {
      const endpoint = z
        .enum(ENDPOINTS)
        .optional()
        .parse(query.get('endpoint') ?? undefined);
      return { status: 200, body: journal.read(endpoint) };
    },
  },
  {
    method: 'GET',
    path: /^\/addresses$/,
    handle: () => ({ status: 200, body: { addresses: journal.addresses } }),
  },
  {
    method: 'DELETE',
    path: /^\/requests$/,
    handle: () => {
      journal.clear();
      return { status: 204 };
    },
  },
];

const keyRoutes = ({ keyRing }: ControlParts): ControlRoute[] => [
  {
    method: 'POST',
    path: /^\/keys\/rotate$/,
    handle: async ({ body }) => {
      await keyRing.rotate(keyRotation.parse(body));
      return { status: 200, body: keyRing.published };
    },
  },
];

const behaviourRoutes = ({ behaviour }: ControlParts): ControlRoute[] => {
  const change = (changes: Partial<BankBehaviour>): ControlAnswer => {
    Object.assign(behaviour, changes);
    setClockOffset(behaviour.clockOffsetSeconds);
    return { status: 200, body: behaviour };
  };
  return [
    { method: 'GET', path: /^\/behaviour$/, handle: () => ({ status: 200, body: behaviour }) },
    {
      method: 'PUT',
      path: /^\/behaviour$/,
      handle: ({ body }) => change(bankBehaviour.partial().parse(body) as object),
    },
    { method: 'DELETE', path: /^\/behaviour$/, handle: () => change(defaultBehaviour()) },
  ];
};
