/** What tests call the bank's endpoints. One request may belong to two: /fdx/v6/accounts is `accounts` and `fdx`. */
export const ENDPOINTS = [
  'discovery',
  'jwks',
  'par',
  'authorize',
  'token',
  'revocation',
  'introspection',
  'grants',
  'consents',
  'accounts',
  'subscriptions',
  'notifications',
  'fdx',
  'interaction',
  'registration',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

const prefixes: readonly (readonly [prefix: string, endpoints: readonly Endpoint[]])[] = [
  ['/.well-known/', ['discovery']],
  ['/jwks', ['jwks']],
  ['/par', ['par']],
  // Both the way in and, below /authorize/{uid}, the way back to the application.
  ['/authorize', ['authorize']],
  ['/token', ['token']],
  ['/revoke', ['revocation']],
  ['/introspect', ['introspection']],
  ['/grants/', ['grants']],
  ['/register', ['registration']],
  ['/interaction/', ['interaction']],
  ['/fdx/v6/consents', ['consents', 'fdx']],
  ['/fdx/v6/accounts', ['accounts', 'fdx']],
  ['/fdx/v6/notification-subscriptions', ['subscriptions', 'fdx']],
  ['/fdx/v6/notifications', ['notifications', 'fdx']],
  ['/fdx/v6', ['fdx']],
];

export const endpointsOf = (path: string): readonly Endpoint[] =>
  prefixes.find(([prefix]) => path.startsWith(prefix))?.[1] ?? [];

/** The path as it may be written down: whoever holds an interaction id could finish that person's sign-in. */
export const loggablePath = (path: string): string => path.replace(/^\/(interaction|authorize)\/[^/]+/, '/$1/{uid}');
