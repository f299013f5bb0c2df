import type { ConsentId } from '../domain/ids';
import type { DirectEvent } from '../store/event-log';
import { currentReason } from '../store/opening-log';
import type { ApiDependencies } from './dependencies';

/**
 * Writes down who asks for something that the consent's workflow then does: its own events say what became of it, and not for whom.
 * Before it is told, so that nothing is done for somebody whom no event names.
 *
 * @throws {ConsentFailure} store_unavailable
 */
export function noteRequest(
  { events }: Pick<ApiDependencies, 'events'>,
  consentId: ConsentId,
  type: Extract<DirectEvent['type'], 'invitation.cancel_requested' | 'consent.completion_requested'>,
  details: DirectEvent['details'] = {},
): Promise<void> {
  const { openedBy: actor, requestId: correlationId, reason } = currentReason();
  return events.append({ chain: consentId, type, actor, reason, correlationId, details });
}
