const RealDate = Date;

/**
 * Puts the clock of this whole process wrong by so many seconds, or right again by 0. Everything here that asks for the time asks
 * `Date`: oidc-provider, jose and our own code; so ID tokens, assertions, proofs and nonces are all of the same wrong hour. Timers
 * and TLS keep the machine's.
 */
export function setClockOffset(seconds: number): void {
  if (seconds === 0) {
    globalThis.Date = RealDate;
    return;
  }
  const now = (): number => RealDate.now() + seconds * 1000;
  globalThis.Date = new Proxy(RealDate, {
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
    construct: (target, given: unknown[]): Date =>
      Reflect.construct(target, given.length === 0 ? [now()] : given) as Date,
    apply: () => new RealDate(now()).toString(),
  });
}
