// Reads an OpenAPI document from standard input and prints what Redocly's strict rules find wrong with it, as JSON. A process of
// its own: the linter is an ES module, and jest runs CommonJS.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { text } from 'node:stream/consumers';

// `struct` checks against OpenAPI 3.1, and examples are checked against their schemas. No rule is turned off.
const config = await createConfig({ extends: ['recommended-strict'] });
const problems = await lintFromString({ source: await text(process.stdin), config });
process.stdout.write(
  JSON.stringify(problems.map(({ ruleId, message, location }) => [ruleId, location[0]?.pointer, message])),
);
