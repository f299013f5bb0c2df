const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** How long, for people: whole ones of the greatest unit that is filled twice: `90 s`, `5 min`, `30 h`, `12 d`. */
export function lengthText(ms: number): string {
  const [unit, length] = UNITS.find(([, each]) => Math.abs(ms) >= 2 * each) ?? ['s', 1_000];
  return `${Math.floor(Math.abs(ms) / length)} ${unit}`;
}
