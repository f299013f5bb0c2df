import type { Account } from './account';
import { accounts } from './accounts';

/** Somebody who banks here. The passwords are shown on the sign-in page: nothing in this bank is real. */
export interface Person {
  id: string;
  username: string;
  password: string;
  name: { first: string; last: string };
  about: string;
  dateOfBirth: string;
  socialSecurityNumber: string;
  email: string;
  phone: string;
  address: { line1: string; city: string; region: string; postalCode: string; country: 'US' };
}

export const people: readonly Person[] = [
  {
    id: 'cust-0001',
    username: 'alice',
    password: 'wonderland',
    name: { first: 'Alice', last: 'Anderson' },
    about: 'five accounts of every category',
    dateOfBirth: '1986-03-14',
    socialSecurityNumber: '900-11-0001',
    email: 'alice.anderson@example.com',
    phone: '2065550101',
    address: { line1: '12 Larch Street', city: 'Seattle', region: 'WA', postalCode: '98101', country: 'US' },
  },
  {
    id: 'cust-0002',
    username: 'bob',
    password: 'builder',
    name: { first: 'Bob', last: 'Baker' },
    about: 'a checking account and a credit card',
    dateOfBirth: '1991-11-02',
    socialSecurityNumber: '900-11-0002',
    email: 'bob.baker@example.com',
    phone: '3125550102',
    address: { line1: '480 W Adams Street, Apt 9', city: 'Chicago', region: 'IL', postalCode: '60661', country: 'US' },
  },
  {
    id: 'cust-0003',
    username: 'carol',
    password: 'ledger',
    name: { first: 'Carol', last: 'Chen' },
    about: 'a small business, a mortgage and a retirement account',
    dateOfBirth: '1974-07-29',
    socialSecurityNumber: '900-11-0003',
    email: 'carol.chen@example.com',
    phone: '5125550103',
    address: { line1: '77 Barton Springs Road', city: 'Austin', region: 'TX', postalCode: '78704', country: 'US' },
  },
  {
    id: 'cust-0004',
    username: 'dan',
    password: 'archive',
    name: { first: 'Dan', last: 'Diaz' },
    about: 'one open account and one closed',
    dateOfBirth: '2001-01-20',
    socialSecurityNumber: '900-11-0004',
    email: 'dan.diaz@example.com',
    phone: '6175550104',
    address: { line1: '5 Hanover Street', city: 'Boston', region: 'MA', postalCode: '02108', country: 'US' },
  },
];

const personById = new Map(people.map((person) => [person.id, person]));

export const findPerson = (id: string): Person | undefined => personById.get(id);

export const accountsOf = (personId: string): readonly Account[] =>
  accounts.filter((account) => account.personId === personId);

/** The fields of a sign-in form, as they came. */
export function signIn(username: unknown, password: unknown): Person | undefined {
  if (typeof username !== 'string' || typeof password !== 'string') return undefined;
  const name = username.trim().toLowerCase();
  return people.find((person) => person.username === name && person.password === password);
}

export const fullName = (person: Person): string => `${person.name.first} ${person.name.last}`;
