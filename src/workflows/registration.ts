import { CancellationScope, setHandler } from '@temporalio/workflow';
import type { JudgedRegistration } from '../activities/registration';
import { failureCodeOf } from './activities';
import { asking, atBank, inOurBooks } from './registration-activities';
import {
  registrationSteps,
  type RegistrationInput,
  type RegistrationOperation,
  type RegistrationResult,
} from './registration-contract';
import { beginRegistrationStory, refusal, type RegistrationStory } from './registration-story';

/**
 * One operation on our registration at one bank: register, change it, end it. Whatever goes wrong is a result that the operator
 * reads; what the bank gave us is never lost, and what may have happened is never repeated without saying so.
 *
 * @see RFC 7591, RFC 7592
 */
export async function RegistrationWorkflow(input: RegistrationInput): Promise<RegistrationResult> {
  const { operation } = input;
  const story = beginRegistrationStory(input);
  setHandler(registrationSteps, () => story.steps);
  try {
    await begin(story, operation);
  } catch (error) {
    // Nothing has begun, and what stands in the books is somebody else's.
    return story.failed(error);
  }
  try {
    switch (operation.kind) {
      case 'register':
        return await register(story, operation);
      case 'update':
        return await update(story);
      case 'delete':
        return await endRegistration(story, operation);
    }
  } catch (error) {
    return await CancellationScope.nonCancellable(() => fail(story, error));
  }
}

async function begin({ subject }: RegistrationStory, operation: RegistrationOperation): Promise<void> {
  switch (operation.kind) {
    case 'register':
      return inOurBooks.beginRegistration({ ...subject, terms: operation.terms });
    case 'update':
      return inOurBooks.beginUpdate({ ...subject, ...(operation.terms && { terms: operation.terms }) });
    case 'delete':
      return inOurBooks.beginDeletion({ ...subject, force: operation.force });
  }
}

async function register(
  story: RegistrationStory,
  { sealedInitialAccessToken: token }: Extract<RegistrationOperation, { kind: 'register' }>,
): Promise<RegistrationResult> {
  await asking.discoverRegistration(story.subject);
  story.tell('metadata read: the bank can do what the profile needs');
  await registerAtMostThrice(story, token);
  const judged = await inOurBooks.judgeRegistration(story.subject);
  story.tell(`registered as ${judged.clientId}`);
  if (judged.weaknesses.length > 0) return takeBack(story, judged);
  await inOurBooks.offerInstitution(story.subject);
  story.tell('the institution can be used');
  return story.succeeded('registered', judged);
}

/** A bank that loses answers three times has a fault that an operator should see; each may have left a client there. */
const MAX_ATTEMPTS = 3;

/** RFC 7591 has no way to ask whether a request arrived, so a lost answer is written down before the next attempt. */
async function registerAtMostThrice(story: RegistrationStory, token: string | undefined): Promise<void> {
  const request = { ...story.subject, ...(token !== undefined && { sealedInitialAccessToken: token }) };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await atBank.registerClient(request);
      return;
    } catch (error) {
      if (failureCodeOf(error) !== 'registration_unknown') throw error;
      await recordOrphan(story);
      story.tell('the answer was lost: the bank may have a client that we do not know of');
      if (attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function recordOrphan(story: RegistrationStory): Promise<void> {
  const { possibleOrphans } = await inOurBooks.recordPossibleOrphan(story.subject);
  story.countOrphans(possibleOrphans);
}

/** A client on weaker terms is not used, and not left lying about at the bank either. */
async function takeBack(story: RegistrationStory, judged: JudgedRegistration): Promise<RegistrationResult> {
  story.tell(`refused, because it is weaker than asked: ${judged.weaknesses.join('; ')}`);
  const weakened = refusal('registration_weakened', judged.weaknesses.join('; '));
  if (!judged.isManaged) {
    story.tell(`the bank gave no means to delete ${judged.clientId}: it stays there until the bank removes it`);
    throw weakened;
  }
  try {
    await atBank.deleteClient(story.subject);
    await inOurBooks.concludeDeletion(story.subject);
    story.tell('deleted at the bank again');
  } catch (error) {
    // It can still be deleted by hand: its token is kept.
    story.tell(
      `${judged.clientId} could not be deleted at the bank (${failureCodeOf(error)}): delete the registration`,
    );
  }
  throw weakened;
}

async function update(story: RegistrationStory): Promise<RegistrationResult> {
  await atBank.updateClient(story.subject);
  story.tell('the bank has answered the new metadata');
  const judged = await inOurBooks.judgeRegistration(story.subject);
  if (judged.weaknesses.length > 0) {
    // Consents live by this client: it is kept, the profile stays as it was, and an operator is told.
    throw refusal('registration_weakened', judged.weaknesses.join('; '));
  }
  await inOurBooks.offerInstitution(story.subject);
  story.tell('the institution uses what was registered');
  return story.succeeded('updated', judged);
}

async function endRegistration(
  story: RegistrationStory,
  { force }: Extract<RegistrationOperation, { kind: 'delete' }>,
): Promise<RegistrationResult> {
  story.tell('the institution is not offered any more');
  try {
    await atBank.deleteClient(story.subject);
    await inOurBooks.concludeDeletion(story.subject);
    story.tell('deleted at the bank; the registration access token is destroyed');
  } catch (error) {
    if (!force) throw error;
    const failure = failureCodeOf(error);
    await inOurBooks.concludeDeletion({
      ...story.subject,
      givenUp: { failure, detail: 'given up by force: the client may still be there.' },
    });
    story.tell(`the bank did not delete it (${failure}): forgotten here by force, the client may still be there`);
  }
  return story.succeeded('deleted');
}

async function fail(story: RegistrationStory, error: unknown): Promise<RegistrationResult> {
  const result = story.failed(error);
  // An attempt that nobody knows the end of; without one this changes nothing.
  await recordOrphan(story);
  if (result.failure) {
    const { code, detail } = result.failure;
    await inOurBooks.recordRegistrationFailure({ ...story.subject, failure: code, detail });
  }
  return story.failed(error);
}
