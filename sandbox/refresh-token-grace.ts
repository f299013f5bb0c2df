import type { AdapterPayload } from 'oidc-provider';
import type { BankBehaviour } from './behaviour';
import { OidcAdapter } from './store/oidc-adapter';
import type { RecordStore } from './store/records';

/**
 * FAPI 2.0 §5.3.2.1: a client whose answer was lost may send the refresh token before once more. oidc-provider takes that for theft
 * in any case; within the grace period it is not shown that the token was used.
 */
export class RefreshTokensWithGrace extends OidcAdapter {
  readonly #behaviour: BankBehaviour;

  constructor(store: RecordStore, behaviour: BankBehaviour) {
    super(store, 'RefreshToken');
    this.#behaviour = behaviour;
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const payload = await super.find(id);
    if (!payload || !this.#isInGrace(payload)) return payload;
    return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== 'consumed'));
  }

  override async consume(id: string): Promise<void> {
    const payload = await super.find(id);
    if (!payload || !this.#isInGrace(payload)) await super.consume(id);
  }

  #isInGrace({ consumed }: AdapterPayload): boolean {
    if (typeof consumed !== 'number') return false;
    return consumed + this.#behaviour.previousRefreshTokenGraceInSeconds > Date.now() / 1000;
  }
}
