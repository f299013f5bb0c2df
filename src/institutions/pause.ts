import { ConsentFailure } from '../domain/failures';

/**
 * When somebody who was told to wait should ask again. A pause lasts minutes or hours, and whoever resumes it wakes what waits to
 * tell the bank of an end; the rest loses at most this.
 */
export const PAUSE_RETRY_AFTER_SECONDS = 300;

/**
 * Lets new work at an institution through unless an operator has paused it. What had begun is not asked: a code lives a minute,
 * and the grant behind it must be known.
 *
 * @throws {ConsentFailure} institution_paused
 */
export function requireOpen({ institution_paused_at: since }: { readonly institution_paused_at: Date | null }): void {
  if (since) throw new ConsentFailure('institution_paused', undefined, PAUSE_RETRY_AFTER_SECONDS);
}
