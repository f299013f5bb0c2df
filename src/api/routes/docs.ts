import path from 'node:path';
import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { methodNotAllowed } from '../problem';

/** Swagger UI as its package has it: of all its files only these, and nothing from elsewhere. */
const PACKAGE = path.dirname(require.resolve('swagger-ui-dist/package.json'));
const FILES = ['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-32x32.png'] as const;

/** `GET /docs`: the OpenAPI document as a page for people, on which they can try it with a key of theirs. */
export function mountDocs(app: Express): void {
  app.route('/docs').get(onlyOurOwn, sendPage).all(methodNotAllowed('GET'));
  app.route('/docs/start.js').get(sendStart).all(methodNotAllowed('GET'));
  for (const name of FILES) app.route(`/docs/${name}`).get(sendFile(name)).all(methodNotAllowed('GET'));
}

/** Scripts, and requests to this API: all of it ours. The page has no script and no style of its own between its tags. */
const onlyOurOwn = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
});

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>fdx-consent API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js" defer></script>
    <script src="/docs/start.js" defer></script>
  </body>
</html>
`;

/** A key that is typed in is forgotten with the page, and no validator elsewhere is asked about the document. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  queryConfigEnabled: false,
  validatorUrl: null,
});
`;

const sendPage: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=300').type('html').send(PAGE);
};

const sendStart: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'public, max-age=300').type('text/javascript').send(START);
};

function sendFile(name: (typeof FILES)[number]): RequestHandler {
  return (_request, response, next) => {
    // An hour, and then only whether it has changed: its name is the same in every version of the package.
    response.sendFile(name, { root: PACKAGE, maxAge: '1h' }, (error?: Error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}
