import { uuid4 } from '@temporalio/workflow';
import type { FailureCode } from '../domain/failures';
import { differenceOf, expirationOf, type GrantedConsent } from '../domain/grant';
import { ID_PREFIX, type AuthorizationId, type ReceiptId } from '../domain/ids';
import { clustersOf } from '../domain/terms';
import type { DataAccessProof, GrantReading } from '../activities/authorization';
import { exchange, failureCodeOf, patient, persistent, prompt, withFallback } from './activities';
import type { CallbackAnswer } from './contract';
import { recordLostAuthorization } from './lost-authorization';
import type { Narration } from './narration';

/**
 * Follows one answer of the bank to its end: exchange the code, learn what was granted, show that it works, record the receipt.
 * Whatever goes wrong on the way becomes a state of the consent.
 */
export async function settleAnswer(consent: Narration, { authorizationId, answer }: CallbackAnswer): Promise<void> {
  if (answer.kind === 'error') {
    // RFC 6749 §4.1.2.1: the person or the bank said no. Any other error is an accident, and the person may try again.
    const failure = answer.error === 'access_denied' ? 'consent_denied' : 'as_authorization_error';
    await recordLostAuthorization(consent, authorizationId, failure);
    return;
  }
  try {
    await exchangeCode(consent, authorizationId, answer.sealedCode);
    const reading = await readGrant(consent, authorizationId);
    await recordGrant(consent, authorizationId, reading);
  } catch (error) {
    await recordLostAuthorization(consent, authorizationId, failureCodeOf(error));
  }
}

/**
 * The bank's answer may lie in our database already: worth any wait. A bank that was never reached is not: its code dies in a
 * minute, and the person is better off starting again.
 */
const WORTH_WAITING: readonly FailureCode[] = [
  'store_unavailable',
  'as_keys_unreachable',
  'step_timed_out',
  'internal_error',
];

async function exchangeCode(consent: Narration, authorizationId: AuthorizationId, sealedCode: string): Promise<void> {
  const received = { type: 'callback_received', authorizationId } as const;
  const state = consent.after(received);
  consent.tell(received);
  const request = { consentId: consent.input.consentId, authorizationId, sealedCode, state };
  await withFallback(
    () => exchange.exchangeCode(request),
    () => persistent.exchangeCode(request),
    (code) => WORTH_WAITING.includes(code),
  );
}

/** The bank's own record when it can be had; when it cannot for half an hour, the token response speaks for it. */
async function readGrant(consent: Narration, authorizationId: AuthorizationId): Promise<GrantReading> {
  const { consentId } = consent.input;
  try {
    return await withFallback(
      () => prompt.readGrant({ consentId, authorizationId, from: 'bank' }),
      () => patient.readGrant({ consentId, authorizationId, from: 'bank' }),
    );
  } catch (error) {
    // The bank answered, and says that this consent is not active: no older word of its own outweighs that.
    if (failureCodeOf(error) === 'as_authorization_error') throw error;
    return persistent.readGrant({ consentId, authorizationId, from: 'token_response' });
  }
}

async function recordGrant(consent: Narration, authorizationId: AuthorizationId, reading: GrantReading): Promise<void> {
  const { consentId, terms, policy } = consent.input;
  const { granted, grantedAt } = reading;
  const difference = differenceOf(terms, granted);
  consent.tellGrant(granted, difference);
  // RFC 9396 §7: a server may narrow what was asked. More than was asked is not used.
  if (difference.outcome === 'wider') {
    await recordLostAuthorization(consent, authorizationId, 'grant_wider_than_asked');
    return;
  }
  if (clustersOf(granted.resources).length === 0) {
    await recordLostAuthorization(consent, authorizationId, 'consent_denied');
    return;
  }
  const dataAccess = await proveDataAccess(consent, authorizationId, granted);
  const event = {
    type: 'granted',
    receiptId: `${ID_PREFIX.receipt}_${uuid4().replaceAll('-', '')}` as ReceiptId,
    expiresAt: expirationOf(terms, granted, grantedAt, policy),
  } as const;
  const record = { consentId, authorizationId, granted, difference, dataAccess, state: consent.after(event) };
  await withFallback(
    () => prompt.recordReceipt(record),
    () => persistent.recordReceipt(record),
  );
  consent.tell(event);
}

/** A grant counts even when the bank's API does not answer right now; the receipt then says so. */
function proveDataAccess(
  { input: { consentId } }: Narration,
  authorizationId: AuthorizationId,
  granted: GrantedConsent,
): Promise<DataAccessProof> {
  return prompt
    .proveDataAccess({ consentId, authorizationId, granted })
    .catch((error: unknown): DataAccessProof => ({ outcome: 'unreachable', failure: failureCodeOf(error) }));
}
