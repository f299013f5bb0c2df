import { noQuirks, type Quirks } from './quirks';

/** Where a bank may tell its id of a consent. Providers differ, and an application has to find it. */
export const CONSENT_ID_PLACES = ['token_response', 'id_token', 'introspection', 'grant_id', 'nowhere'] as const;

/** Lasting traits of the bank that a test may switch while it runs, unlike the faults, which strike and pass. */
export interface BankBehaviour extends Quirks {
  /** FAPI 2.0 §5.3.2.1 advises against rotation; banks that rotate all the same exist, so clients must cope. */
  rotateRefreshTokens: boolean;
  /** Publishes its keys under one `kid`, which RFC 7517 §4.5 allows for keys of different types. */
  sharedKeyId: boolean;
  /** FDX: in the token response, as `fdxConsentId`. Introspection tells it too, unless it is told `nowhere`. */
  consentIdIn: (typeof CONSENT_ID_PLACES)[number];
  /** RFC 7592 §2.2: an update may be answered with a new registration access token, and the old one is then dead. */
  rotateRegistrationTokens: boolean;
}

export const defaultBehaviour = (): BankBehaviour => ({
  rotateRefreshTokens: false,
  sharedKeyId: false,
  consentIdIn: 'token_response',
  rotateRegistrationTokens: true,
  ...noQuirks,
});
