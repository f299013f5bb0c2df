import type { Account } from './account';
import { type Chance, chanceOf } from './chance';

/** One thing that happens to an account. Money in is positive, money out negative; a purchase on a card is money out. */
export interface Movement {
  amount: number;
  type: string;
  description: string;
  category: string;
  security?: { symbol: string; units: number; unitPrice: number };
}

/** What happens to this account on this day. The same day always gives the same answer. */
export function habitsOf(account: Account, day: Date): Movement[] {
  const chance = chanceOf(`${account.id} ${day.toISOString().slice(0, 10)}`);
  switch (account.habits) {
    case 'household':
      return household(day, chance);
    case 'business':
      return business(day, chance);
    case 'saving':
      return saving(account, day, chance);
    case 'card':
      return card(day, chance);
    case 'repayment':
      return repayment(account, day);
    case 'investing':
      return investing(account, day, chance);
  }
}

type Purchase = readonly [payee: string, category: string, from: number, to: number];

const purchases: readonly [Purchase, ...Purchase[]] = [
  ['Corner Market', 'Groceries', 12, 140],
  ['Blue Bottle Coffee', 'Coffee Shops', 4, 12],
  ['City Transit', 'Public Transportation', 2.75, 30],
  ['Shell Gas Station', 'Gas', 28, 70],
  ['Thai Basil Kitchen', 'Restaurants', 14, 62],
  ['Neighborhood Pharmacy', 'Health', 6, 55],
  ['Bookshop on Main', 'Shopping', 9, 48],
];

function purchase(chance: Chance): Movement {
  const [payee, category, from, to] = chance.pick(purchases);
  return { amount: -chance.amount(from, to), type: 'POS', description: payee, category };
}

function household(day: Date, chance: Chance): Movement[] {
  const movements: Movement[] = [];
  const date = day.getUTCDate();
  // Every other Friday, counted from the epoch.
  if (day.getUTCDay() === 5 && Math.floor(day.getTime() / 604_800_000) % 2 === 0) {
    movements.push({ amount: 2_140.55, type: 'DIRECTDEPOSIT', description: 'ACME Corp payroll', category: 'Paycheck' });
  }
  if (date === 1) movements.push({ amount: -1_450, type: 'CHECK', description: 'Rent', category: 'Mortgage & Rent' });
  if (date === 12) {
    const amount = -chance.amount(60, 130);
    movements.push({ amount, type: 'BILLPAYMENT', description: 'City Light & Power', category: 'Utilities' });
  }
  if (date === 15) {
    movements.push({ amount: -250, type: 'TRANSFER', description: 'Transfer to savings', category: 'Transfer' });
  }
  if (chance.happens(0.55)) movements.push(purchase(chance));
  if (chance.happens(0.2)) movements.push(purchase(chance));
  return movements;
}

function business(day: Date, chance: Chance): Movement[] {
  const movements: Movement[] = [];
  const weekday = day.getUTCDay() >= 1 && day.getUTCDay() <= 5;
  if (weekday) {
    const amount = chance.amount(220, 1_480);
    movements.push({ amount, type: 'DEPOSIT', description: 'Card sales settlement', category: 'Income' });
  }
  if (weekday && chance.happens(0.3)) {
    const amount = -chance.amount(80, 2_200);
    movements.push({ amount, type: 'DIRECTDEBIT', description: 'Clay & Glaze Supply Co', category: 'Supplies' });
  }
  if (day.getUTCDate() === 28) {
    movements.push({ amount: -6_800, type: 'DIRECTDEBIT', description: 'Payroll', category: 'Wages' });
  }
  return movements;
}

function saving(account: Account, day: Date, chance: Chance): Movement[] {
  if (account.status === 'CLOSED') return [];
  const date = day.getUTCDate();
  if (date === 15) {
    return [{ amount: 250, type: 'TRANSFER', description: 'Transfer from checking', category: 'Transfer' }];
  }
  if (date === 28) {
    return [{ amount: chance.amount(60, 82), type: 'INTEREST', description: 'Interest paid', category: 'Interest' }];
  }
  return [];
}

function card(day: Date, chance: Chance): Movement[] {
  const movements: Movement[] = [];
  if (day.getUTCDate() === 20) {
    const amount = chance.amount(400, 1_100);
    movements.push({ amount, type: 'PAYMENT', description: 'Payment, thank you', category: 'Credit Card Payment' });
  }
  if (day.getUTCDate() === 3) {
    const amount = -15.99;
    movements.push({ amount, type: 'PURCHASE', description: 'Streamflix', category: 'Subscriptions' });
  }
  for (const probability of [0.7, 0.3]) {
    if (chance.happens(probability)) movements.push({ ...purchase(chance), type: 'PURCHASE' });
  }
  return movements;
}

function repayment(account: Account, day: Date): Movement[] {
  if (day.getUTCDate() !== 5 || account.paymentAmount === undefined) return [];
  return [{ amount: account.paymentAmount, type: 'PAYMENT', description: 'Scheduled payment', category: 'Loans' }];
}

function investing(account: Account, day: Date, chance: Chance): Movement[] {
  const [first, ...rest] = account.holdings ?? [];
  if (!first) return [];
  if (day.getUTCDate() === 2) {
    const { symbol, unitPrice } = chance.pick([first, ...rest]);
    const units = Math.round((500 / unitPrice) * 1000) / 1000;
    const security = { symbol, units, unitPrice };
    const amount = -Math.round(units * unitPrice * 100) / 100;
    return [{ amount, type: 'PURCHASE', description: `Bought ${symbol}`, category: 'Investments', security }];
  }
  if (day.getUTCDate() === 18 && day.getUTCMonth() % 3 === 2) {
    const amount = chance.amount(90, 260);
    return [{ amount, type: 'DIVIDEND', description: `Dividend ${first.symbol}`, category: 'Dividends' }];
  }
  return [];
}
