import { type Consent, SECONDS_PER_DAY, shownAccountId } from '../consents/consent';
import { findPerson } from '../people/person';
import { type Statement, statementImage, statementPdf, statementsOf } from '../people/statements';
import { HISTORY_IN_DAYS, type Transaction, transactionsBetween } from '../people/transactions';
import { accountClosed, invalidDateRange, invalidDates, notAcceptable, statementNotFound } from './fdx-fault';
import {
  consentOf,
  type FdxAnswer,
  type FdxRequest,
  type FdxRoute,
  ok,
  requireCluster,
  sharedAccount,
} from './fdx-request';
import { pageOf } from './paging';

export const historyRoutes = (bankName: string): FdxRoute[] => [
  { method: 'GET', path: '/accounts/:accountId/transactions', handle: listTransactions },
  { method: 'GET', path: '/accounts/:accountId/statements', handle: listStatements },
  {
    method: 'GET',
    path: '/accounts/:accountId/statements/:statementId',
    handle: (request) => readStatement(request, bankName),
  },
];

function listTransactions(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'TRANSACTIONS');
  if (account.status === 'CLOSED') throw accountClosed();
  const { from, to } = periodOf(request.query, consent);
  const { items, paging } = pageOf(transactionsBetween(account, from, to), request);
  return ok({ ...paging, transactions: items.map((transaction) => transactionView(transaction, consent)) });
}

function listStatements(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'STATEMENTS');
  const { from } = periodOf(request.query, consent);
  const statements = statementsOf(account).filter((statement) => endOf(statement) >= from);
  const { items, paging } = pageOf(statements, request);
  const types = ['application/pdf', ...(request.behaviour.statementImages ? ['image/png'] : [])];
  return ok({
    ...paging,
    statements: items.map((statement) => ({
      accountId: shownAccountId(consent, account.id),
      statementId: statement.id,
      statementDate: statement.to,
      description: `Statement ${statement.from} to ${statement.to}`,
      status: 'AVAILABLE',
      links: [{ rel: 'self', action: 'GET', href: `${request.url}/${statement.id}`, types }],
    })),
  });
}

function readStatement(request: FdxRequest, bankName: string): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'STATEMENTS');
  const statement = statementsOf(account).find((each) => each.id === request.parameters['statementId']);
  const person = findPerson(consent.personId);
  if (!statement || !person || endOf(statement) < oldestVisible(consent)) throw statementNotFound();
  const { statementKilobytes, statementImages } = request.behaviour;
  const sheet = { bankName, person, account, statement, padding: statementKilobytes * 1024 };
  if (/application\/(pdf|\*)|\*\/\*/.test(request.accept)) {
    return { status: 200, type: 'application/pdf', content: statementPdf(sheet) };
  }
  if (statementImages && /image\/(png|\*)/.test(request.accept)) {
    return { status: 200, type: 'image/png', content: statementImage(sheet) };
  }
  throw notAcceptable(`statements are application/pdf${statementImages ? ' or image/png' : ''}`);
}

/**
 * The period asked for, cut to the lookback of the consent: what lies before it is not there, as far as this
 * application is concerned.
 */
function periodOf(query: URLSearchParams, consent: Consent): { from: Date; to: Date } {
  const [start, end] = [query.get('startTime'), query.get('endTime')];
  if ((start === null) !== (end === null)) throw invalidDates('give both startTime and endTime, or neither');
  const oldest = oldestVisible(consent);
  if (start === null || end === null) return { from: oldest, to: new Date() };
  const from = dateOf(start, 'T00:00:00.000Z');
  const to = dateOf(end, 'T23:59:59.999Z');
  if (from > to) throw invalidDateRange('startTime is after endTime');
  return { from: from < oldest ? oldest : from, to };
}

function oldestVisible({ lookbackPeriodInDays = HISTORY_IN_DAYS }: Consent): Date {
  return new Date(Date.now() - lookbackPeriodInDays * SECONDS_PER_DAY * 1000);
}

/** FDX has seen both dates and timestamps here; a date means the whole day. */
function dateOf(value: string, timeOfDay: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}${timeOfDay}` : value);
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(date.getTime())) throw invalidDates('not an ISO 8601 date');
  return date;
}

const endOf = (statement: Statement): Date => new Date(`${statement.to}T23:59:59.999Z`);

const transactionView = (transaction: Transaction, consent: Consent): object => ({
  accountCategory: transaction.account.category,
  accountId: shownAccountId(consent, transaction.account.id),
  transactionId: transaction.id,
  transactionTimestamp: transaction.at,
  postedTimestamp: transaction.at,
  description: transaction.description,
  category: transaction.category,
  transactionType: transaction.type,
  debitCreditMemo: transaction.amount < 0 ? 'DEBIT' : 'CREDIT',
  amount: Math.abs(transaction.amount),
  status: 'POSTED',
  ...transaction.security,
});
