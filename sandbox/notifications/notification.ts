import { randomUUID } from 'node:crypto';
import type { ConsentChange } from '../consents/consent-change';

/** FDX Notification, as this bank writes it. */
export interface Notification {
  notificationId: string;
  type: ConsentChange['type'];
  sentOn: string;
  category: 'CONSENT';
  severity: 'EMERGENCY' | 'ALERT';
  priority: 'HIGH' | 'MEDIUM';
  publisher: { name: string; type: 'DATA_PROVIDER' };
  notificationPayload: {
    id: string;
    idType: 'CONSENT';
    customFields: { name: 'INITIATOR'; value: string };
  };
}

/** It names the consent and not what became of it: who wants to know that has to read the grant. */
export function notificationOf({ type, consent, initiator }: ConsentChange, bankName: string): Notification {
  return {
    notificationId: randomUUID(),
    type,
    sentOn: new Date().toISOString(),
    category: 'CONSENT',
    ...URGENCY[type],
    publisher: { name: bankName, type: 'DATA_PROVIDER' },
    notificationPayload: {
      id: consent.id,
      idType: 'CONSENT',
      customFields: { name: 'INITIATOR', value: initiator },
    },
  };
}

/** With a revocation the right to collect has ended; a change only makes it another one. */
const URGENCY = {
  CONSENT_REVOKED: { severity: 'EMERGENCY', priority: 'HIGH' },
  CONSENT_UPDATED: { severity: 'ALERT', priority: 'MEDIUM' },
} as const;
