import type { Account } from './account';
import { displayNumber } from './account';
import { pdfOf } from './pdf';
import { pngOf } from './png';
import { fullName, type Person } from './person';
import { transactionsBetween } from './transactions';

export interface Statement {
  id: string;
  /** Calendar dates, inclusive. */
  from: string;
  to: string;
}

const STATEMENTS_KEPT = 12;

/** One statement for each of the last twelve whole months, newest first. */
export function statementsOf(account: Account, now = new Date()): Statement[] {
  if (account.status === 'CLOSED') return [];
  return Array.from({ length: STATEMENTS_KEPT }, (_, back) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back - 1, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
    const from = first.toISOString().slice(0, 10);
    return { id: `${account.id}-${from.slice(0, 7)}`, from, to: last.toISOString().slice(0, 10) };
  });
}

export interface StatementSheet {
  bankName: string;
  person: Person;
  account: Account;
  statement: Statement;
  /** So many bytes more than what is in it. */
  padding: number;
}

export function statementPdf({ bankName, person, account, statement, padding }: StatementSheet): Buffer {
  const transactions = transactionsBetween(
    account,
    new Date(`${statement.from}T00:00:00.000Z`),
    new Date(`${statement.to}T23:59:59.999Z`),
  );
  const total = transactions.reduce((sum, each) => sum + each.amount, 0);
  const lines = [
    `${bankName} - Account statement`,
    '',
    `${fullName(person)}, ${person.address.line1}, ${person.address.city}, ${person.address.region}`,
    `${account.productName} ${displayNumber(account)}`,
    `${statement.from} to ${statement.to}`,
    '',
    ...transactions.map(
      (each) => `${each.at.slice(0, 10)}  ${each.amount.toFixed(2).padStart(10)}  ${each.description}`,
    ),
    '',
    `${transactions.length} transactions, net ${total.toFixed(2)} USD`,
  ];
  return pdfOf(lines, padding);
}

export const statementImage = ({ bankName, statement, padding }: StatementSheet): Buffer =>
  pngOf(`${bankName}, ${statement.id}`, padding);
