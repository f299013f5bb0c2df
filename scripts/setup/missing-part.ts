/** Receives one line of progress, already worded for a person. */
export type Tell = (line: string) => void;

export const tellNobody: Tell = () => undefined;

/** Something the machine lacks and we could not get. The message ends with what the reader can do about it. */
export class MissingPartError extends Error {
  override readonly name = 'MissingPartError';

  constructor(
    readonly part: string,
    readonly attempts: string[],
    remedy: string,
  ) {
    super([`${part} is missing. Tried:`, ...attempts.map((attempt) => `  - ${attempt}`), remedy].join('\n'));
  }
}

/** The first line of an error, for a list of attempts. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
