import { sql } from 'kysely';
import type { ConsentStatus, NextAction } from '../domain/consent';
import type { ApplicationId, ConsentId, InstitutionId } from '../domain/ids';
import { withNeighbours, type ConsentRow } from './consents';
import type { Database } from './database';

/** All of them hold. `After` takes its instant in, `Before` does not. */
export interface ConsentFilters {
  /** One of these. */
  readonly status?: readonly ConsentStatus[] | undefined;
  readonly nextAction?: NextAction | undefined;
  readonly institutionId?: InstitutionId | undefined;
  /** Of the deadline of an active consent: its own or the bank's, whichever comes first. */
  readonly expiresBefore?: Date | undefined;
  readonly expiresAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly createdAfter?: Date | undefined;
  readonly updatedBefore?: Date | undefined;
  readonly updatedAfter?: Date | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly personPseudonym?: string | undefined;
}

export interface ConsentQuery {
  readonly applicationId: ApplicationId;
  readonly filters: ConsentFilters;
  readonly order: 'asc' | 'desc';
  readonly after?: ConsentId | undefined;
  readonly limit: number;
}

/**
 * Consents of an application, in the order of their creation, which is that of their ids (RFC 9562 §5.7): a page goes on from an id in
 * either direction, whatever happens to the consents meanwhile.
 */
export function listConsents(
  database: Database,
  { applicationId, filters, order, after, limit }: ConsentQuery,
): Promise<ConsentRow[]> {
  let rows = withNeighbours(database.selectFrom('consents')).where('consents.application_id', '=', applicationId);
  for (const condition of conditionsOf(filters)) rows = rows.where(condition);
  if (after !== undefined) rows = rows.where('consents.id', order === 'asc' ? '>' : '<', after);
  return rows.orderBy('consents.id', order).limit(limit).execute();
}

const DEADLINE = sql`least(consents.expires_at, consents.grant_expires_at)`;

function conditionsOf(filters: ConsentFilters) {
  const { status, nextAction, institutionId, personPseudonym, tags = [], metadata = {} } = filters;
  const { createdBefore, createdAfter, updatedBefore, updatedAfter, expiresBefore, expiresAfter } = filters;
  const isActive = expiresBefore || expiresAfter ? true : undefined;
  return [
    status && sql<boolean>`consents.status = ANY (${[...status]}::text[])`,
    nextAction && sql<boolean>`consents.next_action = ${nextAction}`,
    institutionId && sql<boolean>`consents.institution_id = ${institutionId}`,
    personPseudonym && sql<boolean>`consents.person_pseudonym = ${personPseudonym}`,
    isActive && sql<boolean>`consents.status = 'active'`,
    expiresBefore && sql<boolean>`${DEADLINE} < ${expiresBefore}`,
    expiresAfter && sql<boolean>`${DEADLINE} >= ${expiresAfter}`,
    createdBefore && sql<boolean>`consents.created_at < ${createdBefore}`,
    createdAfter && sql<boolean>`consents.created_at >= ${createdAfter}`,
    updatedBefore && sql<boolean>`consents.updated_at < ${updatedBefore}`,
    updatedAfter && sql<boolean>`consents.updated_at >= ${updatedAfter}`,
    tags.length > 0 ? sql<boolean>`consents.tags @> ${JSON.stringify(tags)}::jsonb` : undefined,
    Object.keys(metadata).length > 0
      ? sql<boolean>`consents.metadata @> ${JSON.stringify(metadata)}::jsonb`
      : undefined,
  ].filter((condition) => condition !== undefined && condition !== '');
}
