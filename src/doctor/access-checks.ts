import { reachIssuer } from '../access/reachable-issuer';
import type { AccessTokenIssuer } from '../access/issuer-settings';
import { findEndingKeys, findUnacceptedClients, type EndingKey } from '../store/access-health';
import { fail, MOST_NAMED, ok, severalOf, warn, worstOf, type Check, type Finding } from './check';
import { ago, daysUntil } from './instants';
import type { Surroundings } from './surroundings';

/** Time for whoever owns a key to hear of it and bring another one everywhere. */
const REPLACED_BEFORE_DAYS = 14;

export const ACCESS_CHECKS: readonly Check[] = [
  {
    name: 'api-keys',
    about: 'no API key of an application ends within two weeks without another one that takes its place',
    look: async ({ database }) =>
      severalOf(
        await findEndingKeys(database(), REPLACED_BEFORE_DAYS, MOST_NAMED),
        judgeKey,
        'See fdx-consent applications keys list.',
        'none ends soon',
      ),
  },
  {
    name: 'access-token-issuers',
    about: 'the keys of the issuers of access tokens can be read',
    look: lookAtIssuers,
  },
  {
    name: 'application-clients',
    about: 'clients of applications are of issuers that we accept',
    look: lookAtClients,
  },
];

export function judgeKey(key: EndingKey, now: number = Date.now()): Finding {
  const { id, applicationId, label, expiresAt, lastUsedAt, isRotated } = key;
  const days = daysUntil(expiresAt, now);
  const used = lastUsedAt ? `last used ${ago(lastUsedAt, now)} ago` : 'never used';
  return warn(
    `${id} of ${applicationId} (${label}) ends ${days < 1 ? 'within a day' : `in ${days} days`}, ${used}`,
    // What was rotated once is not rotated again.
    isRotated
      ? `fdx-consent applications keys create ${applicationId} --label ${quoted(label)}, if it is still needed: the key that took its place is over.`
      : `fdx-consent applications keys rotate ${applicationId} ${id}, if it is still needed.`,
  );
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

async function lookAtIssuers({ settings }: Surroundings): Promise<Finding> {
  const { ACCESS_TOKEN_ISSUERS: issuers = [], OUTBOUND_PROXY_URL: proxyUrl } = settings(
    'ACCESS_TOKEN_ISSUERS',
    'OUTBOUND_PROXY_URL',
  );
  if (issuers.length === 0) return ok('none is set');
  const findings = await Promise.all(issuers.map((issuer) => lookAtIssuer(issuer, proxyUrl)));
  return worstOf(findings, `${issuers.length} answer`);
}

async function lookAtIssuer(issuer: AccessTokenIssuer, proxyUrl: string | undefined): Promise<Finding> {
  const fix =
    'The API takes no new token of it: correct ACCESS_TOKEN_ISSUERS (docs/access.md), or let us through to it.';
  try {
    const keys = await reachIssuer(issuer, proxyUrl);
    return keys > 0 ? ok('') : fail(`${issuer.issuer}: it publishes no key`, fix);
  } catch (error) {
    return fail(`${issuer.issuer}: ${error instanceof Error ? error.message : 'it cannot be read'}`, fix);
  }
}

async function lookAtClients({ settings, database }: Surroundings): Promise<Finding> {
  const { ACCESS_TOKEN_ISSUERS: issuers = [] } = settings('ACCESS_TOKEN_ISSUERS');
  const accepted = issuers.map(({ issuer }) => issuer);
  return severalOf(
    await findUnacceptedClients(database(), accepted, MOST_NAMED),
    ({ id, applicationId, issuer }) =>
      warn(
        `tokens of ${issuer} are to speak for ${applicationId}, and are not accepted`,
        `Name it in ACCESS_TOKEN_ISSUERS exactly so (docs/access.md), or fdx-consent applications clients remove ${applicationId} ${id}.`,
      ),
    'See fdx-consent applications clients list.',
    'all of issuers that are accepted',
  );
}
