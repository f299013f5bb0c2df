import type { Narrator } from '../dev/narrator';
import { workflowPage } from '../dev/stack-description';
import { verifyCertificate, type Certificate } from './certificate';
import { ConsentLife, DAY_MS } from './consent-life';
import { lengthOf, type HistoryLength } from './history-length';
import { makeRound, subscribeToBank } from './rounds';
import { dayOf, Tale } from './tale';
import { until } from './until';
import type { YearStack } from './year-stack';

/** The last line of `npm run year -- --once`, for scripts. Instants are RFC 3339, by the consent's clock. */
export interface YearSummary {
  consentId: string;
  workflowId: string;
  /** In the order in which the API showed them. */
  statuses: string[];
  /** In days before the end: of the first term and of the second. */
  notices: number[][];
  /** Before the renewal and after it. */
  renewal: Record<'consentIds' | 'expirationDates' | 'grantsAtBank', string[]> & {
    receipts: (string | undefined)[];
    supersedes: unknown;
  };
  revocation: { initiator: string | undefined; requestsThatTellTheBank: number };
  purgedAt: string | undefined;
  certificate: Certificate;
  history: HistoryLength;
  /** From the request until the workflow was over, by the consent's clock. */
  days: number;
  /** The same by the machine's. */
  seconds: number;
}

const NOTICE_DAYS = [30, 14, 7, 1];
/** Most of the second term. */
const DAYS_UNTIL_REVOKED = 300;
/** PERSONAL_DATA_RETENTION_DAYS, which nobody has changed. */
const RETENTION_DAYS = 30;

/** One consent from the first question to the deletion certificate. */
export async function tellYear(year: YearStack, narrator: Narrator): Promise<YearSummary> {
  const types = await subscribeToBank(year);
  const begun = Date.now();
  const life = await ConsentLife.begin(year);
  narrator.links({ 'follow it at': workflowPage(year.stack, life.workflowId) });
  const tale = new Tale(life, narrator);
  await tale.tell('Budget Bee asks for a year of Alice’s accounts', `the bank will tell us of ${types.join(', ')}`);

  await connect(tale);
  const firstNotices = await giveNotices(tale);
  const renewal = await renew(tale);
  await liveOn(tale);
  const revocation = await revokeAtBank(tale);
  const { purgedAt, certificate } = await cleanUp(tale);

  const notices = (await life.notices()).map(({ days }) => days);
  const history = await lengthOf(year.temporal, life.workflowId);
  return {
    ...{ consentId: life.id, workflowId: life.workflowId, statuses: tale.statuses },
    notices: [notices.slice(0, firstNotices), notices.slice(firstNotices)],
    ...{ renewal, revocation, purgedAt, certificate, history },
    days: Math.round(((await life.now()) - begun) / DAY_MS),
    seconds: Math.round((Date.now() - begun) / 100) / 10,
  };
}

async function connect(tale: Tale): Promise<void> {
  const { life } = tale;
  const { status, expirationDate, receiptId } = await life.authorize(life.launchUrl);
  await tale.tell(
    `Alice agrees at her bank: the consent is ${status} until ${dayOf(expirationDate ?? '')}`,
    `receipt ${receiptId ?? '?'}`,
  );
}

/** @returns how many were given until the first renewal */
async function giveNotices(tale: Tale): Promise<number> {
  const { life } = tale;
  const { expirationDate = '' } = await life.view();
  for (const days of NOTICE_DAYS) {
    await life.passUntil(Date.parse(expirationDate) - days * DAY_MS);
    const { nextAction } = await life.reaches('active', ({ noticeDays }) => noticeDays === days);
    await tale.tell(`notice: ${days} ${days === 1 ? 'day' : 'days'} left; the API says nextAction ${nextAction}`);
  }
  return (await life.notices()).length;
}

async function renew(tale: Tale): Promise<YearSummary['renewal']> {
  const { life } = tale;
  const { api, bank } = life.year;
  const before = await life.view();
  const { launchUrl } = await api.authorizeAnew(life.id);
  await tale.tell('Budget Bee sends Alice a new link', `POST /v1/consents/${life.id}/authorizations`);
  const after = await life.authorize(launchUrl);
  const { supersedes } = await api.receipt(life.id);
  await tale.tell(
    `she agrees again: the same consent, ${after.status} until ${dayOf(after.expirationDate ?? '')}`,
    `receipt ${after.receiptId ?? '?'} supersedes ${String(supersedes)}`,
  );
  const grants = await until('the end of the first grant at the bank', async () => {
    const consents = await bank.consents();
    return consents[0]?.status === 'REVOKED' && consents;
  });
  await tale.tell(
    'only now is the first grant ended at the bank',
    ...grants.map(({ id, status }) => `at the bank: ${id} ${status}`),
  );
  return {
    consentIds: [before.id, after.id],
    expirationDates: [before.expirationDate ?? '', after.expirationDate ?? ''],
    grantsAtBank: grants.map(({ status }) => status),
    receipts: [before.receiptId, after.receiptId],
    supersedes,
  };
}

async function liveOn(tale: Tale): Promise<void> {
  const { life } = tale;
  await life.passUntil((await life.now()) + DAYS_UNTIL_REVOKED * DAY_MS);
  await life.year.bank.forgetRequests();
  await makeRound(life.year);
  const asked = (await life.year.bank.requests('consents')).filter(({ status }) => status === 200);
  if (asked.length === 0) throw new Error('the bank was not asked how the consent stands');
  await tale.tell('ten months later: we ask the bank how the consent stands, and it is as recorded');
}

async function revokeAtBank(tale: Tale): Promise<YearSummary['revocation']> {
  const { life } = tale;
  const { bank } = life.year;
  const [grant] = (await bank.consents()).filter(({ status }) => status === 'ACTIVE');
  if (!grant) throw new Error('nothing to revoke at the bank');
  await bank.forgetRequests();
  await bank.revoke(grant.id);
  await tale.tell('Alice changes her mind, and revokes at her bank');
  const { nextAction, revocation } = await life.reaches('revoked', ({ bankEnding }) => bankEnding === 'done');
  const told = [...(await bank.requests('consents')), ...(await bank.requests('revocation'))];
  const echoes = told.filter(({ method }) => method !== 'GET').length;
  await tale.tell(
    `the bank’s notification is here; we asked the bank, and the consent is revoked (nextAction ${nextAction})`,
    `not echoed: ${echoes} requests tell the bank what it told us`,
  );
  return { initiator: revocation?.initiator, requestsThatTellTheBank: echoes };
}

async function cleanUp(tale: Tale): Promise<{ purgedAt: string | undefined; certificate: Certificate }> {
  const { life } = tale;
  const { api, stack, temporal } = life.year;
  const { endedAt = '', person } = await life.view();
  await life.passUntil(Date.parse(endedAt) + RETENTION_DAYS * DAY_MS);
  await temporal.workflow.getHandle(life.workflowId).result();
  const after = await life.view();
  await tale.tell(
    `${RETENTION_DAYS} days later personal data are destroyed, and the workflow is over`,
    `person: ${person?.reference ?? '?'} → ${after.person?.reference ?? 'gone'}; the consent stays, ${after.status}, with its receipts`,
  );
  const certificate = await verifyCertificate(await api.deletionCertificate(life.id), stack.urls.api);
  await tale.tell(
    `deletion certificate ${certificate.certificateId}, verified with our published key`,
    `destroyed: ${certificate.destroyed.join(', ')}`,
  );
  return { purgedAt: after.purgedAt, certificate };
}
