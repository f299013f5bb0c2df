import { setHandler } from '@temporalio/workflow';
import { hasEnded } from '../domain/consent';
import {
  bankReported,
  callback,
  cancelInvitation,
  currentState,
  invite,
  launch,
  remind,
  retryEnding,
  revoke,
  usedUp,
  type BankReport,
  type CallbackAnswer,
} from './contract';
import { closeInvitation, openInvitation } from './invitation';
import { launchAuthorization } from './launch';
import { expressesDoubt, rememberTrip, retryEndings, tripOf, type Life } from './life';

/** Of so many grants at once nobody has anything to say: a consent has one in use. */
const MOST_REPORTS = 8;

/** Takes in what people, banks and operators have to say. Signals only put it down; the consent attends to it in its turn. */
export function listen(life: Life): void {
  setHandler(launch, (request) => launchAuthorization(life, request));
  setHandler(invite, (invitation) => openInvitation(life, invitation));
  setHandler(cancelInvitation, (invitationId) => closeInvitation(life, invitationId, 'cancelled'));
  setHandler(callback, (answer) => {
    takeAnswer(life, answer);
  });
  setHandler(revoke, (revocation) => {
    // The first wish stands: it is the one that is written down.
    life.revocation ??= revocation;
  });
  setHandler(bankReported, (report) => {
    takeReport(life, report);
  });
  setHandler(usedUp, () => {
    life.isUsedUp = true;
  });
  setHandler(remind, () => {
    // There is no deadline ahead of one that nobody has authorized yet.
    life.isReminded = life.consent.state.status === 'active';
  });
  setHandler(retryEnding, () => {
    retryEndings(life);
  });
  setHandler(currentState, () => life.consent.state);
}

/** A browser that reloads the callback sends it again; only the first counts. */
function takeAnswer(life: Life, answer: CallbackAnswer): void {
  const { authorizationId } = answer;
  const trip = tripOf(life, authorizationId);
  if (trip?.isAnswered === true) return;
  rememberTrip(life, { ...(trip ?? { authorizationId, terms: life.terms }), isAnswered: true });
  life.answers.push(answer);
}

/** However many speak of one grant at once, it is one question to the bank. That somebody was refused is worth remembering. */
function takeReport({ reports }: Life, report: BankReport): void {
  const isKnown = reports.some(
    (each) =>
      each.authorizationId === report.authorizationId &&
      (each.says !== undefined || report.says === undefined) &&
      (expressesDoubt(each) || !expressesDoubt(report)),
  );
  if (!isKnown && reports.length < MOST_REPORTS) reports.push(report);
}

/** Whether something waits that the consent has to attend to now. */
export function hasMail(life: Life): boolean {
  const { status } = life.consent.state;
  if (hasEnded(status)) return false;
  // A consent of an earlier version slept through all else, and what it did is replayed as it was.
  if (!life.livesOn) return status !== 'active' && life.answers.length > 0;
  if (life.revocation !== undefined || life.answers.length > 0) return true;
  return status === 'active' && (life.isUsedUp || life.isReminded);
}
