import { type Consent, shownAccountId } from '../consents/consent';
import { type Account, displayNumber } from '../people/account';
import { hasCluster } from './fdx-request';

/** FDX AccountDescriptor: enough to recognise an account. */
export const accountDescriptor = (account: Account, consent: Consent): object => ({
  accountCategory: account.category,
  accountId: shownAccountId(consent, account.id),
  accountType: account.type,
  accountNumberDisplay: displayNumber(account),
  productName: account.productName,
  nickname: account.name,
  status: account.status,
  currency: { currencyCode: 'USD' },
});

/** As much of the account as the consent covers. */
export const accountDetails = (account: Account, consent: Consent, now = new Date()): object => ({
  ...accountDescriptor(account, consent),
  ...(hasCluster(consent, 'ACCOUNT_DETAILED') && terms(account, now)),
  ...((hasCluster(consent, 'ACCOUNT_DETAILED') || hasCluster(consent, 'BALANCES')) && balances(account, now)),
  ...(hasCluster(consent, 'INVESTMENTS') && account.holdings && { holdings: holdings(account) }),
});

function terms(account: Account, now: Date): object {
  const common = { accountOpenDate: account.openedOn, interestRate: account.interestRate };
  switch (account.category) {
    case 'DEPOSIT_ACCOUNT':
      return { ...common, balanceType: 'ASSET' };
    case 'INVESTMENT_ACCOUNT':
      return { ...common, balanceType: 'ASSET', allowedTrades: ['EQUITY', 'MUTUALFUND'] };
    case 'LOC_ACCOUNT':
      return {
        ...common,
        balanceType: 'LIABILITY',
        creditLine: account.creditLine,
        purchasesApr: account.interestRate,
      };
    case 'LOAN_ACCOUNT':
      return {
        ...common,
        balanceType: 'LIABILITY',
        originalPrincipal: account.originalPrincipal,
        nextPaymentAmount: account.paymentAmount,
        nextPaymentDate: fifthOfNextMonth(now),
      };
  }
}

function balances(account: Account, now: Date): object {
  const balanceAsOf = now.toISOString();
  switch (account.category) {
    case 'DEPOSIT_ACCOUNT':
      return { balanceAsOf, currentBalance: account.balance, availableBalance: account.balance };
    case 'LOC_ACCOUNT':
      return {
        balanceAsOf,
        currentBalance: account.balance,
        availableCredit: dollars((account.creditLine ?? 0) - account.balance),
      };
    case 'LOAN_ACCOUNT':
      return { balanceAsOf, principalBalance: account.balance };
    case 'INVESTMENT_ACCOUNT':
      return { balanceAsOf, currentValue: account.balance, availableCashBalance: dollars(cashOf(account)) };
  }
}

const holdings = (account: Account): object[] =>
  (account.holdings ?? []).map((holding, index) => ({
    holdingId: `${account.id}-h${index + 1}`,
    holdingName: holding.name,
    holdingType: holding.type,
    symbol: holding.symbol,
    units: holding.units,
    currentUnitPrice: holding.unitPrice,
    marketValue: dollars(holding.units * holding.unitPrice),
  }));

const cashOf = (account: Account): number =>
  Math.max(0, account.balance - (account.holdings ?? []).reduce((sum, each) => sum + each.units * each.unitPrice, 0));

const dollars = (amount: number): number => Math.round(amount * 100) / 100;

const fifthOfNextMonth = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 5)).toISOString().slice(0, 10);
