import type { Server } from 'node:http';
import { createAccessTokens } from '../../../src/access/access-tokens';
import { createApp } from '../../../src/api/app';
import type { ApiDependencies } from '../../../src/api/dependencies';
import { createMetrics } from '../../../src/metrics';
import { createPublishedKeys } from '../../../src/signing/published-keys';
import { createKeyUse } from '../../../src/store/key-use';
import { silent, type OwnBooks } from './own-books';

/** An API over books of their own, with what reading evidence takes and no Temporal: anything else breaks when it is asked for. */
export function serveBooks(books: OwnBooks): Server {
  const deps = {
    database: books.database,
    vault: books.vault,
    log: silent(),
    metrics: createMetrics('api'),
    publishedKeys: createPublishedKeys(books.database, silent()),
    accessTokens: createAccessTokens([], { proxyUrl: undefined, onUnreadable: () => undefined }),
    keyUse: createKeyUse(books.database, () => undefined),
    settings: {
      publicUrl: 'http://localhost',
      requestsPerMinute: 10_000,
      authenticationFailuresPerMinute: 10_000,
    },
  } as unknown as ApiDependencies;
  return createApp(deps).listen(0, '127.0.0.1');
}
