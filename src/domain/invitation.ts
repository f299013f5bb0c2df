/** Why the person is asked to authorize. */
export type InvitationReason =
  /** For the first time. */
  | 'connect'
  /** The consent ends soon: the same terms again. */
  | 'renew'
  /** The bank no longer honours the grant, or wants to see the person again: the same terms again. */
  | 'reauthorize'
  /** Other clusters or another duration: FDX makes it a new grant. */
  | 'change';

/** What became of an invitation. */
export type InvitationOutcome =
  | 'granted'
  | 'declined'
  | 'failed'
  /** By the application. */
  | 'cancelled'
  /** Nobody used it in time. */
  | 'lapsed'
  /** The consent ended first. */
  | 'consent_ended';
