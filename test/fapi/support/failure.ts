import { ConsentFailure } from '../../../src/domain/failures';

/** The failure with which work ends. Nothing of what caused it comes along: it could quote a token. */
export async function failureOf(work: Promise<unknown>): Promise<ConsentFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsentFailure)) throw new Error(`a failure was expected, not ${String(error)}`);
  expect(error.cause).toBeUndefined();
  return error;
}
