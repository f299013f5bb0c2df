import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { EndingSteps } from '../../../src/domain/ending';
import { query } from './database';
import { until } from './until';

/** What a bank gave for one trip, as our database has it. */
export interface Grant {
  readonly authorizationId: string;
  readonly bankConsentId: string | null;
  readonly hasTokens: boolean;
  /** Data of the consent is read with this one. */
  readonly isInUse: boolean;
  readonly isSuperseded: boolean;
  readonly isDestroyed: boolean;
  /** An answer to a refresh is put away and not judged yet. */
  readonly isInCustody: boolean;
  readonly ending: EndingSteps | null;
  readonly endingFailure: string | null;
  /** How often the bank was told, or was to be. */
  readonly attempts: number;
}

/** The grants of consents, oldest first. */
export class Grants {
  constructor(readonly stack: Pick<StackDescription, 'databaseUrl'>) {}

  async of(consentId: string): Promise<Grant[]> {
    return (await query(
      this.stack,
      `SELECT grants.authorization_id AS "authorizationId", bank_consent_id AS "bankConsentId",
         tokens_jwe IS NOT NULL AS "hasTokens", superseded_at IS NOT NULL AS "isSuperseded",
         destroyed_at IS NOT NULL AND tokens_jwe IS NULL AND refresh_response_jwe IS NULL AND accounts_jwe IS NULL
           AS "isDestroyed",
         refresh_response_jwe IS NOT NULL AS "isInCustody", ending, ending_attempts AS attempts, ending_failure AS "endingFailure",
         coalesce(consents.granted_by = grants.authorization_id AND consents.status = 'active', false) AS "isInUse"
       FROM grants JOIN consents ON consents.id = grants.consent_id WHERE grants.consent_id = $1 ORDER BY grants.created_at`,
      [consentId],
    )) as unknown as Grant[];
  }

  /** The only one in use. */
  async inUse(consentId: string): Promise<Grant> {
    const [grant, ...others] = (await this.of(consentId)).filter(({ isInUse }) => isInUse);
    if (!grant || others.length > 0) throw new Error(`${consentId} has ${others.length + (grant ? 1 : 0)} in use`);
    return grant;
  }

  /** Once nothing is left of it that could be used; of all of them unless one is named. */
  destroyed(consentId: string, authorizationId?: string, withinMs?: number): Promise<readonly Grant[]> {
    return until(
      `the destruction of the tokens of ${consentId}`,
      async () => {
        const grants = (await this.of(consentId)).filter(
          (grant) => authorizationId === undefined || grant.authorizationId === authorizationId,
        );
        return grants.length > 0 && grants.every(({ isDestroyed }) => isDestroyed) ? grants : undefined;
      },
      withinMs,
    );
  }

  /** The access token is taken to have ended: whoever needs it refreshes first. */
  async age(authorizationId: string): Promise<void> {
    await query(this.stack, `UPDATE grants SET access_expires_at = now() WHERE authorization_id = $1`, [
      authorizationId,
    ]);
  }

  /** The bank has had its rest after a refresh that failed: whoever needs the next one asks. */
  async coolOff(authorizationId: string): Promise<void> {
    await query(this.stack, `UPDATE grants SET refresh_retry_at = NULL WHERE authorization_id = $1`, [authorizationId]);
  }
}
