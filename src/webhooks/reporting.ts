import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { framesOf } from '../stack-frames';
import type { DeliveryEvent } from './attempt';

/** Counts and logs what becomes of deliveries. Never where they go: an address may hold what only its owner should know. */
export function reportDeliveries(log: Log, metrics: Metrics): (event: DeliveryEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'attempted': {
        const { taken, outcome, seconds, next } = event;
        metrics.webhookAttempted(outcome, seconds);
        const fields = {
          endpointId: taken.endpointId,
          deliveryId: taken.id,
          eventId: taken.eventId ?? undefined,
          attempt: taken.attempt,
          outcome,
          durationMs: Math.round(seconds * 1_000),
        };
        if (next === 'failed') log.warn(fields, 'a webhook was not delivered and is not tried again');
        else
          log.debug(
            fields,
            next === 'delivered' ? 'a webhook was delivered' : 'a webhook was not delivered; it comes again',
          );
        return;
      }
      case 'disabled':
        log.warn({ endpointId: event.endpointId, reason: event.reason }, 'a webhook endpoint was disabled');
        return;
      case 'broke': {
        const name = event.error instanceof Error ? event.error.name : typeof event.error;
        log.warn({ name, frames: framesOf(event.error) }, 'delivering webhooks broke; what was left is tried again');
      }
    }
  };
}
