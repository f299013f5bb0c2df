import type { Log } from './log';
import type { Database } from './store/database';
import { listed, waysToChangeEvidence } from './store/service-role';

/** Whether a process starts although its own database role could change the audit trail. */
export type AuditProtection = 'required' | 'warn';

/**
 * An audit trail that whoever serves can rewrite proves little. Asked once, at start: what a role may do changes by hand only.
 *
 * @throws {Error} saying what to run, when protection is required
 */
export async function checkAuditProtection(database: Database, wanted: AuditProtection, log: Log): Promise<void> {
  const ways = await waysToChangeEvidence(database);
  if (ways.length === 0) return;
  if (wanted === 'required') throw new UnprotectedTrail(ways);
  log.error({ reason: ways[0], count: ways.length }, 'the database role of this process could change the audit trail');
}

/** Waiting does not help: somebody must do something. */
export class UnprotectedTrail extends Error {
  override readonly name = 'UnprotectedTrail';

  constructor(ways: readonly string[]) {
    super(
      `The database role of this process could change the audit trail:${listed(ways)}\n` +
        `Make a role for it and connect as that one (docs/deploy.md#two-database-roles):\n` +
        `  CREATE ROLE fdx_consent_service LOGIN PASSWORD '…';\n` +
        `  fdx-consent migrate --service-role fdx_consent_service   (as the owner of the tables)\n` +
        `or set AUDIT_PROTECTION=warn to go on without that protection.`,
    );
  }
}
