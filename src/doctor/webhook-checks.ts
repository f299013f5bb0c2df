import {
  findAilingEndpoints,
  findDeadLetters,
  findLateDeliveries,
  type AilingEndpoint,
  type DeadLetters,
  type LateDeliveries,
} from '../store/webhook-health';
import { fail, MOST_NAMED, severalOf, warn, worstOf, type Check, type Finding } from './check';
import { ago } from './instants';

/** Of applications’ endpoints that are at fault we warn: it is theirs to mend. That nobody delivers is a fault of ours. */
export const WEBHOOK_CHECKS: readonly Check[] = [
  {
    name: 'webhook-endpoints',
    about: 'no webhook endpoint was disabled, or has failed for an hour',
    look: async ({ database }) =>
      severalOf(
        await findAilingEndpoints(database(), MOST_NAMED),
        judgeEndpoint,
        'See fdx-consent webhooks list.',
        'all take what is sent',
      ),
  },
  {
    name: 'webhook-deliveries',
    about: 'webhooks are sent when they are due',
    look: async ({ database }) => judgeDeliveries(await findLateDeliveries(database())),
  },
  {
    name: 'webhook-dead-letters',
    about: 'no webhook was given up in the last three days',
    look: async ({ database }) =>
      severalOf(
        await findDeadLetters(database(), MOST_NAMED),
        judgeDeadLetters,
        'See fdx-consent webhooks list.',
        'none was given up',
      ),
  },
];

export function judgeEndpoint({ id, applicationId, isDisabled, reason, failingSince }: AilingEndpoint): Finding {
  const failing = failingSince ? `failing for ${ago(failingSince)}` : '';
  if (!isDisabled) {
    return warn(
      `${id} of ${applicationId} is ${failing}`,
      `fdx-consent webhooks show ${id} says with what answer; when its owner has mended it: fdx-consent webhooks test ${id}.`,
    );
  }
  const since = failingSince ? ` --since ${failingSince.toISOString()}` : ' --since INSTANT';
  const why = [reason ?? '', failing].filter(Boolean).join(', ');
  return warn(
    `${id} of ${applicationId} is disabled${why && ` (${why})`}`,
    `When its owner has mended it: fdx-consent webhooks resume ${id}, and for what it missed fdx-consent webhooks replay ${id}${since}; one that nobody needs its owner deletes.`,
  );
}

export function judgeDeliveries({ unlooked, oldestUnlookedAt, behind, oldestBehindAt }: LateDeliveries): Finding {
  const findings: Finding[] = [];
  if (oldestUnlookedAt) {
    findings.push(
      fail(
        `nobody sends to ${unlooked} endpoints what has been due for up to ${ago(oldestUnlookedAt)}`,
        'Workers send it: see the check `workers`, and the log of a worker.',
      ),
    );
  }
  if (oldestBehindAt) {
    findings.push(
      warn(
        `${behind} endpoints are behind by up to ${ago(oldestBehindAt)}`,
        'They take long to answer, or workers do not keep up: see fdx-consent webhooks list, and start more workers.',
      ),
    );
  }
  return worstOf(findings, 'nothing is overdue');
}

export function judgeDeadLetters({ endpointId, applicationId, letters, since }: DeadLetters): Finding {
  return warn(
    `${letters} for ${endpointId} of ${applicationId} were given up`,
    `When it takes them: fdx-consent webhooks replay ${endpointId} --since ${since.toISOString()} --failed.`,
  );
}
