import { ACCESS_CHECKS } from './access-checks';
import { API_CHECKS } from './api-checks';
import type { Check } from './check';
import { DATABASE_CHECKS } from './database-checks';
import { EVIDENCE_CHECKS } from './evidence-checks';
import { INSTITUTION_CHECKS } from './institution-checks';
import { SECRET_CHECKS } from './secret-checks';
import { SETTINGS_CHECKS } from './settings-checks';
import { TEMPORAL_CHECKS } from './temporal-checks';
import { WEBHOOK_CHECKS } from './webhook-checks';
import { WORK_CHECKS } from './work-checks';

/** From what everything stands on to what stands on it: the first that fails is often the reason of the others. */
export const CHECKS: readonly Check[] = [
  ...SETTINGS_CHECKS,
  ...DATABASE_CHECKS,
  ...TEMPORAL_CHECKS,
  ...SECRET_CHECKS,
  ...API_CHECKS,
  ...ACCESS_CHECKS,
  ...INSTITUTION_CHECKS,
  ...WORK_CHECKS,
  ...WEBHOOK_CHECKS,
  ...EVIDENCE_CHECKS,
];
