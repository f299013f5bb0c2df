/** The command as it was typed cannot be right: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    /** What to type instead. */
    readonly fix?: string,
  ) {
    super(message);
  }
}

/** What was named is not there: exit code 3. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
