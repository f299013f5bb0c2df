import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentInput } from '../../src/workflows/contract';
import { DAY_MS, type Activities, type RecordedConsent, type RecordedWorld } from '../recorded-consent';

/** One life to record: who behaves how, and what happens. */
export interface RecordedLife {
  /** What of the input is unusual. */
  readonly input?: (world: RecordedWorld) => Promise<Partial<ConsentInput>>;
  /** Activities that behave otherwise than well, by name. */
  readonly activities?: (world: RecordedWorld) => Partial<Activities>;
  /** What happens under the version before this one; the story goes on under this one. */
  readonly beginsEarlier?: (consent: RecordedConsent) => Promise<void>;
  readonly story: (consent: RecordedConsent) => Promise<void>;
  /** Which run is recorded of one that hands over; the last otherwise. */
  readonly run?: 'first' | 'last';
}

export const BY_PERSON = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } as const;

/** The bank does not take it for so many days from the first try on. */
export function brokenFor<Input>(
  days: number,
  now: () => Promise<number>,
  then: (input: Input) => Promise<void>,
): (input: Input) => Promise<void> {
  let until: number | undefined;
  return async (input) => {
    until ??= (await now()) + days * DAY_MS;
    if ((await now()) < until) throw new ConsentFailure('fdx_request_rejected');
    await then(input);
  };
}
