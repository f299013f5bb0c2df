import express, { type Express, type RequestHandler } from 'express';
import { ConsentFailure } from '../domain/failures';
import { audited } from './audit';
import { authenticate } from './authentication';
import { noMembers } from './contract/answers';
import { isRepeatable } from './contract/idempotency';
import type { Access, Operation, RequestBody } from './contract/operation';
import { ALL_OPERATIONS } from './contract/operations';
import type { ApiDependencies } from './dependencies';
import { sayDeprecated } from './deprecation';
import { carriedOutOnce, type MayGiveAgain } from './idempotency';
import { methodNotAllowed } from './problem';
import { createRateLimits, type RateLimits } from './rate-limits';
import { requestGuardsOf, requireNoMembers } from './request-guards';
import { requirePublisher } from './routes/notifications';

/** An operation and what carries it out. */
export interface Route {
  readonly operation: Operation;
  readonly handlers: readonly RequestHandler[];
  /** Where an answer may be given again only as long as things stand as they did. */
  readonly mayGiveAgain?: MayGiveAgain;
}

export function route(operation: Operation, ...handlers: readonly RequestHandler[]): Route {
  return { operation, handlers };
}

/** Puts operations at their addresses, each behind what its description says. A method that an address does not have is told so. */
export function mount(app: Express, deps: ApiDependencies, routes: readonly Route[]): void {
  const limits = createRateLimits(deps.settings);
  for (const [path, operations] of byPath(routes)) {
    const place = app.route(expressPath(path));
    for (const route of operations) {
      const { operation, handlers } = route;
      if (!ALL_OPERATIONS.includes(operation)) throw new Error(`${operation.id} is in no module of ALL_OPERATIONS`);
      place[operation.method](...guardsOf(route, deps, limits), ...carriedOut(operation, handlers, deps));
    }
    place.all(methodNotAllowed(...operations.map(({ operation }) => operation.method.toUpperCase())));
  }
}

function byPath(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, Route[]>();
  for (const each of routes) paths.set(each.operation.path, [...(paths.get(each.operation.path) ?? []), each]);
  return paths;
}

/** `/v1/consents/{consentId}` as express writes it. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** In the order in which a request passes them. */
function guardsOf({ operation, mayGiveAgain }: Route, deps: ApiDependencies, limits: RateLimits): RequestHandler[] {
  const { access, body, deprecated } = operation;
  return [
    ...(deprecated ? [sayDeprecated(deprecated, deps.settings.publicUrl)] : []),
    ...doorOf(access, deps, limits),
    ...requestGuardsOf(operation),
    ...(body ? json(body) : []),
    ...(isRepeatable(operation) ? [carriedOutOnce(operation, deps, mayGiveAgain)] : []),
  ];
}

function doorOf(access: Access, deps: ApiDependencies, limits: RateLimits): RequestHandler[] {
  switch (access.role) {
    case 'application':
      return [limits.ofRefusals(authenticate(deps, access)), limits.ofApplication];
    case 'operator':
      return [limits.ofRefusals(authenticate(deps, access))];
    case 'publisher':
      return [requirePublisher(deps)];
    case 'anyone':
      return [];
  }
}

function carriedOut(
  { access }: Operation,
  handlers: readonly RequestHandler[],
  deps: ApiDependencies,
): readonly RequestHandler[] {
  if (access.role !== 'operator' || access.action === undefined) return handlers;
  const [handler, ...others] = handlers;
  if (!handler || others.length > 0)
    throw new Error(`${access.action} needs one handler: it is written down as one action`);
  return [audited(deps, access.action, handler, access.about)];
}

/** Parses a JSON body, and says so when it is not one. */
function json({ schema, limit, alsoAs }: RequestBody): RequestHandler[] {
  const types = ['application/json', ...(alsoAs ? [alsoAs] : [])];
  const requireJson: RequestHandler = (request, _response, next) => {
    // A POST without a body comes with this length, and has no type to be wrong.
    const isEmpty = request.get('content-length') === '0';
    if (!isEmpty && request.is(types) === false) throw new ConsentFailure('media_type_unsupported');
    next();
  };
  const parse = express.json({ limit, type: types, strict: true, inflate: false });
  return [requireJson, parse, ...(schema === noMembers ? [requireNoMembers] : [])];
}
