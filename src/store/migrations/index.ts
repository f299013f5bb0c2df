import type { Migration } from 'kysely';
import { firstTables } from './0001-first-tables';
import { institutionReadiness } from './0002-institution-readiness';
import { signingKeyRotation } from './0003-signing-key-rotation';
import { registrations } from './0004-registrations';
import { theYearAfter } from './0005-the-year-after';
import { publisherAssertions } from './0006-publisher-assertions';
import { housekeeping } from './0007-housekeeping';
import { custody } from './0008-custody';
import { evidence } from './0009-evidence';
import { auditTrail } from './0010-audit-trail';
import { outbox } from './0011-outbox';
import { access } from './0012-access';
import { habits } from './0013-habits';
import { webhooks } from './0014-webhooks';
import { consentSearch } from './0015-consent-search';
import { answersOfConsents } from './0016-answers-of-consents';

/** In order of name. A migration that has been released is never edited: write the next one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-institution-readiness': institutionReadiness,
  '0003-signing-key-rotation': signingKeyRotation,
  '0004-registrations': registrations,
  '0005-the-year-after': theYearAfter,
  '0006-publisher-assertions': publisherAssertions,
  '0007-housekeeping': housekeeping,
  '0008-custody': custody,
  '0009-evidence': evidence,
  '0010-audit-trail': auditTrail,
  '0011-outbox': outbox,
  '0012-access': access,
  '0013-habits': habits,
  '0014-webhooks': webhooks,
  '0015-consent-search': consentSearch,
  '0016-answers-of-consents': answersOfConsents,
};
