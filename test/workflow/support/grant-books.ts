import type { AuthorizationId, ConsentId } from '../../../src/domain/ids';

/** Which grants have tokens still, as the database of a consent would say. */
export class GrantBooks {
  private readonly openGrants = new Map<AuthorizationId, ConsentId>();

  /** A code was exchanged. */
  open(consentId: ConsentId, authorizationId: AuthorizationId): void {
    this.openGrants.set(authorizationId, consentId);
  }

  /** The bank knows that it is over. */
  close(authorizationId: AuthorizationId): void {
    this.openGrants.delete(authorizationId);
  }

  /** What the bank of a consent has still to be told of. */
  of(consentId: ConsentId): readonly AuthorizationId[] {
    return [...this.openGrants].filter(([, owner]) => owner === consentId).map(([id]) => id);
  }
}
