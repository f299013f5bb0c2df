import type { Config } from '../config';
import type { KantaraPolicy } from './kantara-receipt';
import { contactOf } from './party-schema';

/** The settings that an export needs, by command or by API. */
export const KANTARA_SETTINGS = [
  'AGGREGATOR_CONTACT_NAME',
  'AGGREGATOR_ADDRESS',
  'AGGREGATOR_EMAIL',
  'AGGREGATOR_PHONE',
  'AGGREGATOR_POLICY_URL',
  'RECEIPT_JURISDICTION',
  'RECEIPT_SENSITIVE_CLUSTERS',
] as const satisfies readonly (keyof Config)[];

/** What a Kantara receipt says that a receipt of ours does not. */
export function kantaraPolicyOf(settings: Pick<Config, (typeof KANTARA_SETTINGS)[number]>): KantaraPolicy {
  const aggregatorContact = contactOf({
    name: settings.AGGREGATOR_CONTACT_NAME,
    address: settings.AGGREGATOR_ADDRESS,
    email: settings.AGGREGATOR_EMAIL,
    phone: settings.AGGREGATOR_PHONE,
    policyUrl: settings.AGGREGATOR_POLICY_URL,
  });
  return {
    ...(settings.RECEIPT_JURISDICTION !== undefined && { jurisdiction: settings.RECEIPT_JURISDICTION }),
    sensitiveClusters: settings.RECEIPT_SENSITIVE_CLUSTERS,
    ...(aggregatorContact && { aggregatorContact }),
  };
}
