/**
 * How what a bank granted comes to its end: who wants it and why. Reasons and party types are FDX's, as its revocation request
 * has them.
 *
 * @see FDX API 6.x, ConsentRevocationRequest and PartyType
 */
export const REVOCATION_REASONS = ['USER_ACTION', 'BUSINESS_RULE', 'SECURITY_EVENT', 'OTHER'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Who can ask us to end a consent. */
export const REVOCATION_INITIATORS = ['INDIVIDUAL', 'DATA_RECIPIENT', 'DATA_ACCESS_PLATFORM'] as const;
export type RevocationInitiator = (typeof REVOCATION_INITIATORS)[number];

/** One revocation, as it was asked for. */
export interface Revocation {
  /** The bank itself when it was the one who ended the consent. */
  readonly initiator: RevocationInitiator | 'DATA_PROVIDER';
  readonly reason: RevocationReason;
}

/** Why a grant is ended. */
export type EndingCause =
  /** The consent was revoked here. */
  | 'revoked'
  /** The consent's time is over: the bank's own clock may be slower. */
  | 'expired'
  /** A newer grant of the same consent is proven. */
  | 'superseded'
  /** It came of a trip that nobody waits for any more, or is not what was asked. */
  | 'unused'
  /** The bank ended it: it is not told what it told us. */
  | 'ended_at_bank';

/** Reason and initiator that the bank is told when nobody in particular asked. */
export const BY_RULE: Revocation = { initiator: 'DATA_ACCESS_PLATFORM', reason: 'BUSINESS_RULE' };

/** How one means of ending a grant at its bank went. */
export type EndingOutcome =
  | 'done'
  /** The bank says that it had ended before. */
  | 'already_ended'
  /** The bank offers no such thing, or we have not what it takes. */
  | 'not_offered';

/** What was done to end a grant at its bank; a step that is missing has still to be done. */
export interface EndingSteps {
  /** FDX `PUT /consents/{id}/revocation`. */
  readonly consent?: EndingOutcome;
  /** Grant Management for OAuth 2.0 (draft) §6.5. */
  readonly grant?: EndingOutcome;
  /** RFC 7009. */
  readonly refreshToken?: EndingOutcome;
  readonly accessToken?: EndingOutcome;
}
