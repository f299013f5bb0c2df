/** The bank's own clock, which may be wrong: everything in its process reads the time here. */
export class Clock {
  readonly #now = Date.now.bind(Date);

  /** @param seconds how far ahead of the true time; 0 puts it right */
  shift(seconds: number): void {
    Date.now = seconds === 0 ? this.#now : () => this.#now() + seconds * 1000;
  }
}
