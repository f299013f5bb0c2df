import { proxyActivities } from '@temporalio/workflow';
import type { RegistrationActivities } from '../activities/registration';
import { summarized } from './activities';

const SUMMARIES: Readonly<Record<keyof RegistrationActivities, string>> = {
  beginRegistration: 'write down that we are registering',
  beginUpdate: 'write down that the registration is being changed',
  beginDeletion: 'stop offering the institution; see whether consents are left',
  discoverRegistration: 'read the bank’s metadata, and where to register',
  registerClient: 'register at the bank (RFC 7591), each attempt at most once',
  updateClient: 'replace our metadata at the bank (RFC 7592)',
  deleteClient: 'delete our client at the bank (RFC 7592)',
  judgeRegistration: 'store client id and token, compare what was registered with what was asked',
  offerInstitution: 'make the institution usable',
  recordPossibleOrphan: 'write down that the bank may have a client we do not know of',
  concludeDeletion: 'destroy the registration access token',
  recordRegistrationFailure: 'write down why it came to nothing',
};

/**
 * Nobody waits in front of a browser here, so every step is an ordinary activity. A request lasts at most as long as the slowest
 * answer (10 s) and the time we take to put it away safely (45 s) together; a worker that dies meanwhile is missed by its
 * heartbeat. A bank that is away for half an hour is reported to the operator instead of waited for.
 */
export const atBank = summarized<RegistrationActivities>(SUMMARIES, (summary) =>
  proxyActivities<RegistrationActivities>({
    summary,
    startToCloseTimeout: '65s',
    heartbeatTimeout: '12s',
    scheduleToCloseTimeout: '30m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  }),
);

/** Reading metadata sends no heartbeat: it is over in seconds. */
export const asking = summarized<RegistrationActivities>(SUMMARIES, (summary) =>
  proxyActivities<RegistrationActivities>({
    summary,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '30m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  }),
);

/** Writing down what happened must succeed, however long our database is away. */
export const inOurBooks = summarized<RegistrationActivities>(SUMMARIES, (summary) =>
  proxyActivities<RegistrationActivities>({
    summary,
    startToCloseTimeout: '30s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
  }),
);
