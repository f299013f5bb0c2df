/** An account as the bank keeps it; what of it an application sees is decided in `fdx/account-view.ts`. */
export interface Account {
  id: string;
  personId: string;
  category: 'DEPOSIT_ACCOUNT' | 'LOC_ACCOUNT' | 'LOAN_ACCOUNT' | 'INVESTMENT_ACCOUNT';
  type: 'CHECKING' | 'SAVINGS' | 'CREDITCARD' | 'AUTOLOAN' | 'MORTGAGE' | 'BROKERAGEPRODUCT' | 'IRA';
  /** What the person reads on the consent page, and what a test may call the account by. */
  name: string;
  productName: string;
  number: string;
  routingNumber?: string;
  status: 'OPEN' | 'CLOSED';
  openedOn: string;
  /** What is there, or what is owed, in US dollars. */
  balance: number;
  creditLine?: number;
  interestRate?: number;
  originalPrincipal?: number;
  paymentAmount?: number;
  holdings?: readonly Holding[];
  /** How its transactions come about. */
  habits: 'household' | 'business' | 'saving' | 'card' | 'repayment' | 'investing';
}

export interface Holding {
  symbol: string;
  name: string;
  type: 'STOCK' | 'MUTUALFUND' | 'BOND';
  units: number;
  unitPrice: number;
}

export const displayNumber = (account: Account): string => `****${account.number.slice(-4)}`;
