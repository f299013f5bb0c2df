import type { BankBehaviour } from '../behaviour';
import { type Cluster, describesCustomer } from '../clusters';
import { type Consent, shownAccountId } from '../consents/consent';
import type { Account } from '../people/account';
import { accountsOf } from '../people/person';
import type { Caller } from './caller';
import { accountNotFound, notAuthorized } from './fdx-fault';

export interface FdxRequest {
  caller: Caller;
  /** The named segments of the path. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  accept: string;
  /** Absolute, without query: what links of the answer start with. */
  url: string;
  behaviour: BankBehaviour;
}

export type FdxAnswer =
  { status: number; json: object } | { status: number; content: Buffer; type: string } | { status: 204 };

export interface FdxRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  handle: (request: FdxRequest) => FdxAnswer | Promise<FdxAnswer>;
}

export const ok = (json: object): FdxAnswer => ({ status: 200, json });

/** @throws 403/602 for client credentials: an application alone opens no accounts */
export function consentOf({ caller }: FdxRequest): Consent {
  if (caller.kind === 'application') throw notAuthorized("a person's access token is needed");
  return caller.consent;
}

/** @throws 403/602 unless the person shares at least one of these clusters */
export function requireCluster(consent: Consent, ...clusters: [Cluster, ...Cluster[]]): void {
  if (clusters.some((cluster) => hasCluster(consent, cluster))) return;
  throw notAuthorized(`the consent does not include ${clusters.join(' or ')}`);
}

export const hasCluster = (consent: Consent, cluster: Cluster): boolean =>
  consent.accountClusters.includes(cluster) ||
  (describesCustomer(cluster) && consent.customerClusters.includes(cluster));

export const sharedAccounts = (consent: Consent): Account[] =>
  accountsOf(consent.personId).filter((account) => consent.accountIds.includes(account.id));

/** @throws 404/701 for an account that is not among those the person chose */
export function sharedAccount(request: FdxRequest): Account {
  const consent = consentOf(request);
  const account = sharedAccounts(consent).find(
    (each) => shownAccountId(consent, each.id) === request.parameters['accountId'],
  );
  if (!account) throw accountNotFound();
  return account;
}
