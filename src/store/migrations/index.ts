import type { Migration } from 'kysely';
import { firstTables } from './0001-first-tables';
import { institutionReadiness } from './0002-institution-readiness';
import { signingKeyRotation } from './0003-signing-key-rotation';
import { registrations } from './0004-registrations';

/** In order of name. A migration that has been released is never edited: write the next one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-institution-readiness': institutionReadiness,
  '0003-signing-key-rotation': signingKeyRotation,
  '0004-registrations': registrations,
};
