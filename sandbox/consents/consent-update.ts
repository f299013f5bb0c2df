import { z } from 'zod';
import { type Cluster, clusterNames } from '../clusters';
import type { Consent } from './consent';

/** What a bank may change about a consent without asking the person. */
export const consentUpdate = z
  .strictObject({
    expirationTime: z.iso.datetime({ offset: true }).optional(),
    dataClusters: z.array(z.enum(clusterNames)).min(1).optional(),
  })
  .refine(({ expirationTime: time }) => time === undefined || Date.parse(time) > Date.now(), {
    path: ['expirationTime'],
    message: 'must be to come: a consent that is over has expired',
  });

export type ConsentUpdate = z.infer<typeof consentUpdate>;

/** `undefined` where a cluster is named that was not granted: only the person can give more. */
export function updatedConsent(
  consent: Consent,
  { expirationTime, dataClusters }: ConsentUpdate,
  updatedTime: string,
): Consent | undefined {
  const granted = new Set([...consent.accountClusters, ...consent.customerClusters]);
  if (dataClusters?.some((cluster) => !granted.has(cluster))) return undefined;
  const isKept = (cluster: Cluster): boolean => dataClusters?.includes(cluster) ?? true;
  const accountClusters = consent.accountClusters.filter(isKept);
  return {
    ...consent,
    ...(expirationTime !== undefined && { expirationTime: new Date(expirationTime).toISOString() }),
    accountClusters,
    // An account of which nothing is shared is not shared.
    accountIds: accountClusters.length > 0 ? consent.accountIds : [],
    customerClusters: consent.customerClusters.filter(isKept),
    updatedTime,
  };
}
