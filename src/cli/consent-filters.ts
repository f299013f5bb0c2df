import { z } from 'zod';
import type { BankEnding, ConsentStatus, NextAction } from '../domain/consent';
import { instant } from './operator-input';

// Objects and not lists: a state that is added does not compile until it stands here too.
const STATUSES = {
  requested: 'requested',
  authorizing: 'authorizing',
  active: 'active',
  expired: 'expired',
  revoked: 'revoked',
  denied: 'denied',
  abandoned: 'abandoned',
  failed: 'failed',
} as const satisfies { [Status in ConsentStatus]: Status };

const NEXT_ACTIONS = {
  none: 'none',
  launch: 'launch',
  reauthorize: 'reauthorize',
  renew: 'renew',
  contact_support: 'contact_support',
} as const satisfies { [Action in NextAction]: Action };

const BANK_ENDINGS = {
  pending: 'pending',
  done: 'done',
  needs_operator: 'needs_operator',
} as const satisfies { [Ending in BankEnding]: Ending };

/** Which consents, as options. */
export const FILTER_OPTIONS = {
  institution: { type: 'string' },
  application: { type: 'string' },
  status: { type: 'string' },
  'next-action': { type: 'string' },
  'expires-before': { type: 'string' },
} as const;

export const FILTER_SYNOPSIS =
  '[--institution ID] [--application ID] [--status STATUS] [--next-action ACTION] [--expires-before DATE]';

export const filterFields = {
  institution: z.string().optional(),
  application: z.string().optional(),
  status: oneOf(STATUSES).optional(),
  'next-action': oneOf(NEXT_ACTIONS).optional(),
  'expires-before': instant.optional(),
};

export const bankEnding = oneOf(BANK_ENDINGS).optional();

export function filtersOf(options: z.output<z.ZodObject<typeof filterFields>>) {
  return {
    institutionId: options.institution,
    applicationId: options.application,
    status: options.status,
    nextAction: options['next-action'],
    expiresBefore: options['expires-before'],
  };
}

function oneOf<Words extends Readonly<Record<string, string>>>(words: Words) {
  return z.enum(words, `is one of ${Object.keys(words).join(', ')}`);
}
