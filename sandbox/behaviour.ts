/** Lasting traits of the bank that a test may switch while it runs, unlike the faults, which strike and pass. */
export interface BankBehaviour {
  /** FAPI 2.0 §5.3.2.1 advises against rotation; banks that rotate all the same exist, so clients must cope. */
  rotateRefreshTokens: boolean;
  /** Publishes its keys under one `kid`, which RFC 7517 §4.5 allows for keys of different types. */
  sharedKeyId: boolean;
}

export const defaultBehaviour = (): BankBehaviour => ({ rotateRefreshTokens: false, sharedKeyId: false });
