import { uuid4 } from '@temporalio/workflow';
import { awaitsAuthorization } from '../domain/consent';
import { BY_RULE } from '../domain/ending';
import type { FailureCode } from '../domain/failures';
import { differenceOf, expirationOf, type GrantedConsent } from '../domain/grant';
import { ID_PREFIX, type AuthorizationId, type ReceiptId } from '../domain/ids';
import { clustersOf, type ConsentTerms } from '../domain/terms';
import type { DataAccessProof, GrantReading } from '../activities/authorization';
import { exchange, failureCodeOf, patient, persistent, prompt, withFallback, writtenDown } from './activities';
import type { CallbackAnswer } from './contract';
import { endGrants, tripOf, type Life } from './life';
import { recordLostAuthorization } from './lost-authorization';
import { discardAnswer } from './stray-answer';

/**
 * Follows one answer of the bank to its end: exchange the code, learn what was granted, show that it works, record the receipt.
 * Whatever goes wrong on the way becomes a state of the consent; one that is active keeps what it has until the end of this.
 */
export async function settleAnswer(life: Life, { authorizationId, answer }: CallbackAnswer): Promise<void> {
  const trip = tripOf(life, authorizationId);
  if (!isAwaited(life, trip?.invitationId)) return discardAnswer(life, authorizationId, answer);
  if (answer.kind === 'error') {
    // RFC 6749 §4.1.2.1: the person or the bank said no. Any other error is an accident, and the person may try again.
    const failure = answer.error === 'access_denied' ? 'consent_denied' : 'as_authorization_error';
    await recordLostAuthorization(life, authorizationId, failure);
    return;
  }
  try {
    await exchangeCode(life, authorizationId, answer.sealedCode);
    const reading = await readGrant(life, authorizationId);
    await recordGrant(life, authorizationId, trip?.terms ?? life.terms, reading);
  } catch (error) {
    await recordLostAuthorization(life, authorizationId, failureCodeOf(error));
  }
}

/** Whether the trip began with the link that is good now. */
function isAwaited({ consent: { state }, invitation }: Life, invitationId: string | undefined): boolean {
  if (awaitsAuthorization(state.status)) return true;
  return invitation !== undefined && invitation.invitationId === invitationId;
}

/**
 * The bank's answer may lie in our database already: worth any wait. A bank that was never reached is not: its code dies in a
 * minute, and the person is better off starting again.
 */
const WORTH_WAITING: readonly FailureCode[] = [
  'store_unavailable',
  'vault_unavailable',
  'as_keys_unreachable',
  'step_timed_out',
  'internal_error',
];

async function exchangeCode({ consent }: Life, authorizationId: AuthorizationId, sealedCode: string): Promise<void> {
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
async function readGrant({ consent }: Life, authorizationId: AuthorizationId): Promise<GrantReading> {
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

async function recordGrant(
  life: Life,
  authorizationId: AuthorizationId,
  terms: ConsentTerms,
  { granted, grantedAt, grantExpiresAt }: GrantReading,
): Promise<void> {
  const { consent, policy } = life;
  const { consentId } = consent.input;
  const difference = differenceOf(terms, granted);
  // RFC 9396 §7: a server may narrow what was asked. More than was asked is not used.
  const refusal = difference.outcome === 'wider' ? 'grant_wider_than_asked' : nothingGranted(granted);
  if (refusal) {
    if (consent.state.status !== 'active') consent.tellGrant(granted, difference);
    await recordLostAuthorization(life, authorizationId, refusal);
    return;
  }
  consent.tellGrant(granted, difference);
  const dataAccess = await proveDataAccess(life, authorizationId, granted);
  const event = {
    type: 'granted',
    authorizationId,
    receiptId: `${ID_PREFIX.receipt}_${uuid4().replaceAll('-', '')}` as ReceiptId,
    expiresAt: expirationOf(terms, granted, grantedAt, policy),
    ...(grantExpiresAt !== undefined && { grantExpiresAt }),
  } as const;
  const { grantedBy: before, receiptId: supersedes } = consent.state;
  const record = {
    ...{ consentId, authorizationId, granted, difference, dataAccess, state: consent.after(event) },
    ...(before !== undefined && {
      replaces: { authorizationId: before, ...(supersedes && { receiptId: supersedes }) },
    }),
  };
  const recorded = await writtenDown((steps) => steps.recordReceipt(record));
  // A task that is done anew draws another id; what was stored first counts. A worker of an earlier version told none.
  const receiptId = (recorded as typeof recorded | undefined) ?? event.receiptId;
  consent.tell({ ...event, receiptId });
  life.terms = terms;
  life.invitation = undefined;
  life.deadlineKnownSince = Date.now();
  // Only now that the new grant is proven and recorded is the old one over.
  if (before !== undefined) endGrants(life, [before], 'superseded', BY_RULE);
}

function nothingGranted({ resources }: GrantedConsent): FailureCode | undefined {
  return clustersOf(resources).length === 0 ? 'consent_denied' : undefined;
}

/** A grant counts even when the bank's API does not answer right now; the receipt then says so. */
function proveDataAccess(
  { consent }: Life,
  authorizationId: AuthorizationId,
  granted: GrantedConsent,
): Promise<DataAccessProof> {
  return prompt
    .proveDataAccess({ consentId: consent.input.consentId, authorizationId, granted })
    .catch((error: unknown): DataAccessProof => ({ outcome: 'unreachable', failure: failureCodeOf(error) }));
}
