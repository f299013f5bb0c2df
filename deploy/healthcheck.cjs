// Asks one address and ends with 0 when the answer is a success: node deploy/healthcheck.cjs URL [CA file].
// The slim images have neither curl nor wget.
const { readFileSync } = require('node:fs');

const [url, caFile] = process.argv.slice(2);
const { get } = require(url.startsWith('https:') ? 'node:https' : 'node:http');
const ca = caFile === undefined ? undefined : readFileSync(caFile);
const fail = () => process.exit(1);

get(url, { ca, timeout: 4_000 }, ({ statusCode }) => process.exit(statusCode >= 200 && statusCode < 300 ? 0 : 1))
  .on('timeout', fail)
  .on('error', fail);
