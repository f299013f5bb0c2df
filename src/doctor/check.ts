import type { Named } from '../store/named';
import type { Surroundings } from './surroundings';

/** `warn`: it works, and will not for ever or not as it should. `fail`: something does not work. */
export const VERDICTS = ['ok', 'warn', 'fail'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Finding {
  readonly verdict: Verdict;
  /** What was seen. Ids, counts, times and addresses without passwords; never a secret. */
  readonly what: string;
  /** What to do about it; every finding that is not `ok` has one. */
  readonly fix?: string;
}

/** One thing that is looked at. It changes nothing, opens no secret of a consent, and depends on no other check. */
export interface Check {
  readonly name: string;
  /** What it sees to, in a few words. */
  readonly about: string;
  /** May throw whatever its parts throw: that is a failure too. */
  look(surroundings: Surroundings): Promise<Finding> | Finding;
}

export function ok(what: string): Finding {
  return { verdict: 'ok', what };
}

export function warn(what: string, fix: string): Finding {
  return { verdict: 'warn', what, fix };
}

export function fail(what: string, fix: string): Finding {
  return { verdict: 'fail', what, fix };
}

/** Everything is well, or the first thing that is not: the worst, with the others beside it. */
export function worstOf(findings: readonly Finding[], allWell: string): Finding {
  const bad = findings.filter(({ verdict }) => verdict !== 'ok');
  const [first] = [...bad].sort((one, other) => VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict));
  if (!first) return ok(allWell);
  const fixes = [...new Set(bad.flatMap(({ fix }) => fix ?? []))];
  return { verdict: first.verdict, what: bad.map(({ what }) => what).join('; '), fix: fixes.join(' ') };
}

/** So many of several are told of. */
export const MOST_NAMED = 5;

/** The same of several, of which the first are told of and the others counted. @param seeAll where the others are */
export function severalOf<Row>(
  { count, first }: Named<Row>,
  judge: (row: Row) => Finding,
  seeAll: string,
  allWell: string,
): Finding {
  const told = worstOf(
    first.map((row) => judge(row)),
    allWell,
  );
  const others = count - first.length;
  if (others <= 0 || told.fix === undefined) return told;
  return { ...told, what: `${told.what}; and ${others} more`, fix: `${told.fix} ${seeAll}` };
}
