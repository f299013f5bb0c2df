import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { openInvitation } from '../invitations/open-invitation';
import { findConsent } from '../store/consents';
import type { Database } from '../store/database';
import type { Vault } from '../store/vault';
import type { ConsentEngine } from '../temporal/consent-engine';

/** What became of one consent. `failed` carries a published code, or the name of an error that has none. */
export type BulkOutcome = 'invited' | 'already_invited' | 'reminded' | 'skipped' | `failed:${string}`;

export type BulkStep = (id: ConsentId) => Promise<BulkOutcome>;

export interface RenewalParts {
  readonly database: Database;
  readonly engine: ConsentEngine;
  readonly vault: Vault;
  readonly authorizationWindowSeconds: number;
}

/** Invites the person of an active consent to authorize the same terms again. One who is invited already is not invited twice. */
export function renewal({ database, engine, vault, authorizationWindowSeconds }: RenewalParts): BulkStep {
  return async (consentId) => {
    const row = await findConsent(database, consentId);
    // Found a moment ago, and ended since.
    if (!row || !isLive(row) || row.wrapped_jwe === null) return 'skipped';
    const dataKey = await vault.openDataKey(consentId, row.wrapped_jwe);
    const { isNew } = await openInvitation(
      { database, engine, dataKey },
      {
        consentId,
        reason: row.grant_lost ? 'reauthorize' : 'renew',
        terms: row.terms,
        authorizeBy: new Date(Date.now() + authorizationWindowSeconds * 1000),
      },
    );
    return isNew ? 'invited' : 'already_invited';
  };
}

/** Has an active consent give the notice of its deadline now. */
export function reminder({ database, engine }: Pick<RenewalParts, 'database' | 'engine'>): BulkStep {
  return async (consentId) => {
    const row = await findConsent(database, consentId);
    if (!row || !isLive(row)) return 'skipped';
    return (await engine.remind(consentId)) ? 'reminded' : 'skipped';
  };
}

/** A consent that can still be renewed: it is active and nobody has asked for its end. */
export function isLive(row: { readonly status: string; readonly revocation_requested_at: Date | null }): boolean {
  return row.status === 'active' && row.revocation_requested_at === null;
}

/** The step, with its failures told as outcomes. */
export function withFailuresTold(step: BulkStep): BulkStep {
  return async (id) => {
    try {
      return await step(id);
    } catch (error) {
      if (error instanceof ConsentFailure) return `failed:${error.code}`;
      return `failed:${error instanceof Error ? error.name : 'Error'}`;
    }
  };
}

/** How many of each, the most frequent first. */
export function countsOf(outcomes: readonly BulkOutcome[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, left], [, right]) => right - left));
}
