import { ActivityFailure, ApplicationFailure, setCurrentDetails } from '@temporalio/workflow';
import type { JudgedRegistration, RegistrationSubject } from '../activities/registration';
import { FAILURES, type FailureCode } from '../domain/failures';
import { failureCodeOf } from './activities';
import type { RegistrationInput, RegistrationResult, RegistrationStep } from './registration-contract';

/** What happens to a registration, as the command line prints it and the Temporal UI shows it. */
export interface RegistrationStory {
  readonly subject: RegistrationSubject;
  readonly steps: readonly RegistrationStep[];
  tell(text: string): void;
  countOrphans(possibleOrphans: number): void;
  succeeded(outcome: 'registered' | 'updated' | 'deleted', judged?: JudgedRegistration): RegistrationResult;
  failed(error: unknown): RegistrationResult;
}

export function beginRegistrationStory({ institutionId, operation }: RegistrationInput): RegistrationStory {
  const steps: RegistrationStep[] = [];
  let possibleOrphans = 0;
  const show = (heading: string): void => {
    const lines = steps.map(({ at, text }) => `- ${new Date(at).toISOString().slice(0, 19)}Z ${text}`);
    setCurrentDetails([`### ${institutionId}: ${heading}`, lines.join('\n')].join('\n\n'));
  };
  const about = () => ({ institutionId, possibleOrphans, steps: [...steps] });

  show(operation.kind);
  return {
    subject: { institutionId },
    steps,
    tell(text) {
      steps.push({ at: Date.now(), text });
      show(operation.kind);
    },
    countOrphans(count) {
      possibleOrphans = count;
    },
    succeeded(outcome, judged) {
      show(outcome);
      return {
        ...about(),
        ...(judged && { possibleOrphans: judged.possibleOrphans }),
        outcome,
        differences: judged?.differences ?? [],
        ...(judged && { clientId: judged.clientId }),
      };
    },
    failed(error) {
      const code = failureCodeOf(error);
      show(`failed, ${code}`);
      return { ...about(), outcome: 'failed', differences: [], failure: { code, detail: detailOf(error, code) } };
    },
  };
}

/** A failure that the workflow itself finds. */
export function refusal(code: FailureCode, detail: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${FAILURES[code].title} ${detail}`, code);
}

/** What our own failures say after their title; it names the bank's error and nothing of the bank's own text. */
function detailOf(error: unknown, code: FailureCode): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure)) return '';
  return cause.message.startsWith(FAILURES[code].title) ? cause.message.slice(FAILURES[code].title.length).trim() : '';
}
