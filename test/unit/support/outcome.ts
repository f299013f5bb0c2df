import { ConsentFailure } from '../../../src/domain/failures';

/** The code with which a judgement refuses, or this word when it lets pass. */
export function outcomeOf(judge: () => void, otherwise: string): string {
  try {
    judge();
    return otherwise;
  } catch (error) {
    if (error instanceof ConsentFailure) return error.code;
    throw error;
  }
}
