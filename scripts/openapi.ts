/**
 * Writes the OpenAPI document to standard output, as the service has it at `/openapi.json`. Needs no settings and no database:
 *
 *   node dist/scripts/openapi.js > openapi.json
 */
import { openApiDocument } from '../src/api/contract/document';
import { ALL_OPERATIONS } from '../src/api/contract/operations';
import { SERVICE_VERSION } from '../src/api/contract/version';

process.stdout.write(`${JSON.stringify(openApiDocument(ALL_OPERATIONS, SERVICE_VERSION), null, 2)}\n`);
