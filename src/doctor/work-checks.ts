import {
  countEndingsWaiting,
  countOpenTasks,
  countOverdue,
  findKeptTooLong,
  type KeptTooLong,
  type OverdueWork,
} from '../store/overdue';
import { fail, ok, warn, worstOf, type Check, type Finding } from './check';
import { ago } from './instants';

const API_SWEEPS = 'An API process sees to it every 30 seconds: see the checks `api` and `temporal`.';

export const WORK_CHECKS: readonly Check[] = [
  overdue(
    'consents-started',
    'workflowsNotStarted',
    'every consent has its workflow',
    'consents wait for their workflow',
    API_SWEEPS,
  ),
  overdue(
    'revocations',
    'revocationsUndelivered',
    'every workflow has heard of its revocation',
    'revocations have not reached their workflow',
    API_SWEEPS,
  ),
  overdue(
    'bank-notifications',
    'notificationsUntold',
    'workflows have heard what banks sent',
    'notifications of banks have not reached their workflow',
    API_SWEEPS,
  ),
  overdue(
    'expiries',
    'expiriesMissed',
    'consents end when their time is over',
    'consents are active although their time is over',
    'Their workflows do not wake: see the check `workers`.',
  ),
  overdue(
    'purges',
    'purges',
    'personal data go when they should',
    'consents hold personal data that should be gone',
    'Run fdx-consent housekeeping run, and see what it tells.',
  ),
  {
    name: 'retention',
    about: 'what is kept for some days only goes after them',
    look: async ({ settings, database }) => {
      const { EVENT_RETENTION_DAYS: eventDays, WEBHOOKS_LOG_DAYS: deliveryDays } = settings(
        'EVENT_RETENTION_DAYS',
        'WEBHOOKS_LOG_DAYS',
      );
      return judgeKept(await findKeptTooLong(database(), { eventDays, deliveryDays }));
    },
  },
  {
    name: 'operator-tasks',
    about: 'nothing waits for an operator',
    look: async ({ database }) => {
      const { count, oldestAt } = await countOpenTasks(database());
      if (count === 0) return ok('none is open');
      const since = oldestAt ? `, the oldest for ${ago(oldestAt)}` : '';
      return warn(`${count} are open${since}`, 'See fdx-consent tasks list.');
    },
  },
  {
    name: 'endings',
    about: 'banks take it when we end what they granted',
    look: async ({ database }) => {
      const waiting = await countEndingsWaiting(database());
      if (waiting === 0) return ok('none has waited for a day');
      return warn(`${waiting} have waited for more than a day`, 'See fdx-consent consents list --bank-ending pending.');
    },
  },
];

function overdue(name: string, work: OverdueWork, about: string, what: string, fix: string): Check {
  return {
    name,
    about,
    look: async ({ database }) => {
      const number = await countOverdue(database(), work);
      return number === 0 ? ok('nothing is overdue') : fail(`${number} ${what}`, fix);
    },
  };
}

/** Nothing is lost by it but room: a warning. */
export function judgeKept({ events, deliveries, requests }: KeptTooLong): Finding {
  const HOUSEKEEPING = 'Run fdx-consent housekeeping run, and see what it tells.';
  const findings = [
    events && warn('events are kept for longer than EVENT_RETENTION_DAYS', HOUSEKEEPING),
    requests && warn('answers to repeated requests are kept for longer than they serve', HOUSEKEEPING),
    deliveries &&
      warn(
        'the log of webhooks is kept for longer than WEBHOOKS_LOG_DAYS',
        'Workers remove it: see the check `workers`, and the log of a worker.',
      ),
  ];
  return worstOf(
    findings.filter((finding) => finding !== false),
    'nothing is kept for longer',
  );
}
