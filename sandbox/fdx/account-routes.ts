import { shownAccountId } from '../consents/consent';
import { findPerson, fullName, type Person } from '../people/person';
import { accountDescriptor, accountDetails } from './account-view';
import { accountNotFound, invalidInput, noDataFound } from './fdx-fault';
import {
  consentOf,
  type FdxAnswer,
  type FdxRequest,
  type FdxRoute,
  ok,
  requireCluster,
  sharedAccount,
  sharedAccounts,
} from './fdx-request';
import { pageOf } from './paging';

export const accountRoutes: FdxRoute[] = [
  { method: 'GET', path: '/accounts', handle: listAccounts },
  { method: 'GET', path: '/accounts/:accountId', handle: readAccount },
  { method: 'GET', path: '/accounts/:accountId/contact', handle: readContact },
  { method: 'GET', path: '/accounts/:accountId/payment-networks', handle: listPaymentNetworks },
  { method: 'GET', path: '/customers/current', handle: readCustomer },
];

function listAccounts(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  requireCluster(consent, 'ACCOUNT_BASIC', 'ACCOUNT_DETAILED', 'BALANCES', 'INVESTMENTS');
  const detailed = resultType(request.query.get('resultType')) === 'details';
  const wanted = request.query.get('accountIds')?.split(',');
  const accounts = sharedAccounts(consent).filter(
    (account) => wanted?.includes(shownAccountId(consent, account.id)) ?? true,
  );
  const { items, paging } = pageOf(accounts, request);
  return ok({
    ...paging,
    accounts: items.map((account) =>
      detailed ? accountDetails(account, consent) : accountDescriptor(account, consent),
    ),
  });
}

/** FDX: lightweight unless details are asked for. */
function resultType(value: string | null): 'lightweight' | 'details' {
  if (value === null || value === 'lightweight') return 'lightweight';
  if (value === 'details') return 'details';
  throw invalidInput('resultType is lightweight or details');
}

function readAccount(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'ACCOUNT_BASIC', 'ACCOUNT_DETAILED', 'BALANCES', 'INVESTMENTS');
  return ok(accountDetails(account, consent));
}

function readContact(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'CUSTOMER_CONTACT');
  const person = personOf(account.personId);
  return ok({ holders: [{ relationship: 'PRIMARY', name: person.name }], ...contactOf(person) });
}

function listPaymentNetworks(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  const account = sharedAccount(request);
  requireCluster(consent, 'ACCOUNT_PAYMENTS', 'PAYMENT_SUPPORT');
  if (account.routingNumber === undefined) throw noDataFound('no payments to or from this kind of account');
  const network = {
    bankId: account.routingNumber,
    identifier: account.number,
    identifierType: 'ACCOUNT_NUMBER',
    transferIn: true,
    transferOut: true,
  };
  return ok({ paymentNetworks: ['US_ACH', 'US_RTP'].map((type) => ({ ...network, type })) });
}

function readCustomer(request: FdxRequest): FdxAnswer {
  const consent = consentOf(request);
  requireCluster(consent, 'CUSTOMER_CONTACT', 'CUSTOMER_PERSONAL', 'SOCIAL_SECURITY_NUMBER');
  const shares = (cluster: (typeof consent.customerClusters)[number]): boolean =>
    [...consent.customerClusters, ...consent.accountClusters].includes(cluster);
  const person = personOf(consent.personId);
  return ok({
    customerId: person.id,
    name: person.name,
    type: 'CONSUMER',
    ...(shares('CUSTOMER_CONTACT') && contactOf(person)),
    ...(shares('CUSTOMER_PERSONAL') && { dateOfBirth: person.dateOfBirth, fullName: fullName(person) }),
    ...(shares('SOCIAL_SECURITY_NUMBER') && { socialSecurityNumber: person.socialSecurityNumber }),
  });
}

const contactOf = (person: Person): object => ({
  emails: [person.email],
  addresses: [{ type: 'HOME', ...person.address }],
  telephones: [{ type: 'CELL', country: '1', number: person.phone }],
});

function personOf(id: string): Person {
  const person = findPerson(id);
  if (!person) throw accountNotFound();
  return person;
}
