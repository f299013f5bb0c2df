import { z } from 'zod';
import { BANK_ENDINGS, CONSENT_STATUSES, NEXT_ACTIONS } from '../domain/consent';
import { instant } from './operator-input';

/** Which consents, as options. */
export const FILTER_OPTIONS = {
  institution: { type: 'string', value: 'ID', about: 'at this institution' },
  application: { type: 'string', value: 'ID', about: 'of this application' },
  status: { type: 'string', choices: CONSENT_STATUSES, about: 'in this state' },
  'next-action': { type: 'string', choices: NEXT_ACTIONS, about: 'of which this is to be done' },
  'expires-before': { type: 'string', value: 'DATE', about: 'that end before this day or instant' },
} as const;

export const FILTER_SYNOPSIS =
  '[--institution ID] [--application ID] [--status STATUS] [--next-action ACTION] [--expires-before DATE]';

export const filterFields = {
  institution: z.string().optional(),
  application: z.string().optional(),
  status: oneOf(CONSENT_STATUSES).optional(),
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

function oneOf<Words extends readonly string[]>(words: Words) {
  return z.enum(words, `is one of ${words.join(', ')}`);
}
