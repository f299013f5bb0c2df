import type { ConsentState } from '../domain/consent';
import type { ConsentId } from '../domain/ids';
import { endConsent } from '../store/destruction';
import type { ActivityDependencies } from './dependencies';

/** The steps of a consent's life that no trip to the bank belongs to. */
export interface LifecycleActivities {
  /** Destroys the consent's tokens and keys and writes down how it ended. */
  concludeConsent(input: { readonly consentId: ConsentId; readonly state: ConsentState }): Promise<void>;
}

export function createLifecycleActivities({ database }: ActivityDependencies): LifecycleActivities {
  return {
    async concludeConsent({ consentId, state }) {
      await endConsent(database, consentId, state);
    },
  };
}
