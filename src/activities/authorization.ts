import type { ConsentState } from '../domain/consent';
import type { AuthorizationId, InvitationId, ReceiptId } from '../domain/ids';
import { authorizationRequestFor } from '../fdx/authorization-request';
import { markIfMisconfigured } from '../institutions/check';
import { requireOpen } from '../institutions/pause';
import { endAuthorization, insertAuthorization, markPushed, type LostAuthorization } from '../store/authorizations';
import { hashOf } from '../store/hash';
import type { DataAccessProof } from '../store/tables';
import type { ActivityDependencies } from './dependencies';
import { exchangeCode, type ExchangeInput } from './exchange-code';
import {
  proveDataAccess,
  readGrant,
  recordReceipt,
  type GrantInput,
  type GrantReading,
  type ProofInput,
  type ReceiptInput,
} from './grant';
import { openAuthorization, openConsent, secretsOf, type AuthorizationStep } from '../custody/open-authorization';

export type { GrantReading } from './grant';
export type { DataAccessProof } from '../store/tables';

interface WithState {
  /** The consent's state to write down together with what this step does. */
  readonly state: ConsentState;
}

interface PreparationInput extends AuthorizationStep, WithState {
  readonly browserHash: string;
  readonly agreedAt: number;
  readonly disclosureDigest: string;
  readonly agreementId?: string;
  /** The link that the person came by; the first one when nobody says. */
  readonly invitationId?: InvitationId;
}

interface PushedRequest {
  readonly authorizationUrl: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The steps of one trip to the bank. Each does one thing outside, and finds its own traces when it is run again. */
export interface AuthorizationActivities {
  prepareAuthorization(input: PreparationInput): Promise<void>;
  pushAuthorizationRequest(input: AuthorizationStep & WithState): Promise<PushedRequest>;
  exchangeCode(input: ExchangeInput): Promise<void>;
  readGrant(input: GrantInput): Promise<GrantReading>;
  proveDataAccess(input: ProofInput): Promise<DataAccessProof>;
  recordReceipt(input: ReceiptInput): Promise<ReceiptId>;
  /** @returns grants that the bank has still to be told of */
  recordLostAuthorization(input: LostAuthorization): Promise<{ readonly grantsToEnd: readonly AuthorizationId[] }>;
}

export function createAuthorizationActivities(deps: ActivityDependencies): AuthorizationActivities {
  const { database } = deps;

  return {
    /** RFC 7636 §4.1–4.2: verifier and challenge, with `state`, `nonce` and the key that will bind the tokens. */
    async prepareAuthorization(input) {
      const { consentId, authorizationId, invitationId, browserHash, agreedAt, disclosureDigest, agreementId, state } =
        input;
      const { client, dataKey } = await openConsent(deps, consentId);
      const secrets = await client.prepareAuthorization();
      await insertAuthorization(
        database,
        {
          id: authorizationId,
          consentId,
          invitationId,
          stateHash: hashOf(secrets.state),
          browserHash: Buffer.from(browserHash, 'hex'),
          secretsSealed: await dataKey.seal('authorization-secrets', authorizationId, secrets),
          codeChallenge: secrets.codeChallenge,
          senderKeyThumbprint: secrets.senderKeyThumbprint,
          agreedAt: new Date(agreedAt),
          disclosureDigest,
          agreementId,
        },
        state,
      );
    },

    /** RFC 9126. Pushing again is harmless: an unused `request_uri` just lapses. */
    async pushAuthorizationRequest({ consentId, authorizationId, state }) {
      const authorization = await openAuthorization(deps, authorizationId);
      const { client, row } = authorization;
      requireOpen(row);
      const secrets = await secretsOf(authorization);
      const request = authorizationRequestFor(row.terms, row.profile);
      const pushed = await client.pushAuthorizationRequest(secrets, request).catch(async (error: unknown) => {
        await markIfMisconfigured(database, row, error);
        throw error;
      });
      const expiresAt = Date.now() + pushed.expiresInSeconds * 1000;
      const { requestDigest } = pushed;
      await markPushed(
        database,
        authorizationId,
        { requestUriExpiresAt: new Date(expiresAt), requestDigest },
        consentId,
        state,
      );
      return { authorizationUrl: pushed.authorizationUrl, expiresAt };
    },

    exchangeCode: (input) => exchangeCode(deps, input),
    readGrant: (input) => readGrant(deps, input),
    proveDataAccess: (input) => proveDataAccess(deps, input),
    recordReceipt: (input) => recordReceipt(deps, input),

    async recordLostAuthorization(input) {
      return { grantsToEnd: await endAuthorization(database, input) };
    },
  };
}
