import { lengthText } from '../domain/length-text';

export function agoText(instant: Date, now: number): string {
  const ms = now - instant.getTime();
  return ms < 0 ? `in ${lengthText(ms)}` : `${lengthText(ms)} ago`;
}

/** `in 30 d`, or `12 d ago` when it is over; nothing for none. */
export function untilText(instant: Date | null, now: number): string {
  return instant ? agoText(instant, now) : '';
}
