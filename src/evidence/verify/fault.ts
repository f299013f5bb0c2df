/** The first thing that does not hold, and where in the bundle it is. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    /** Such as `events[12]`. */
    readonly where: string,
    readonly what: string,
  ) {
    super(`${where}: ${what}`);
  }
}
