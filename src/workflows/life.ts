import { patched } from '@temporalio/workflow';
import type { ConsentState } from '../domain/consent';
import { DEFAULT_NOTICE_DAYS } from '../domain/notice';
import type { DurationPolicy } from '../domain/grant';
import type { EndingCause, Revocation } from '../domain/ending';
import type { AuthorizationId } from '../domain/ids';
import type { ConsentTerms } from '../domain/terms';
import type {
  BankReport,
  CallbackAnswer,
  ConsentInput,
  ConsentLife,
  GrantEnding,
  LifePolicy,
  OpenInvitation,
  Trip,
} from './contract';
import { beginNarration, type Narration } from './narration';
import { createTurns, type Turns } from './turns';

/** One consent in one run of its workflow: what it is, what has come for it, and what is still to be done. */
export interface Life {
  readonly consent: Narration;
  readonly policy: DurationPolicy & LifePolicy;
  readonly turns: Turns;
  /** False while a consent of an earlier version has not woken yet. */
  livesOn: boolean;
  /** Terms in force: those of the latest grant, or those asked for at first. */
  terms: ConsentTerms;
  /** The link by which an active consent may be authorized anew. */
  invitation: OpenInvitation | undefined;
  /** How often the person asked to be sent to the bank with the link at hand. */
  launches: number;
  trips: Trip[];
  readonly answers: CallbackAnswer[];
  readonly reports: BankReport[];
  revocation: Revocation | undefined;
  isUsedUp: boolean;
  isReminded: boolean;
  /** Grants that the bank has still to be told of, first come first served. */
  endings: readonly GrantEnding[];
  /** Goes up with every wish of an operator to tell the bank again. */
  retries: number;
  /** When the deadline became known, in epoch milliseconds. */
  deadlineKnownSince: number;
  endedAt: number | undefined;
}

/** Trips that can still be answered are few; a browser that comes back to an older one is told so. */
const TRIPS_REMEMBERED = 40;

export function beginLife(input: ConsentInput): Life {
  const before = input.life;
  return {
    consent: beginNarration(input),
    policy: policyOf(input),
    turns: createTurns(),
    livesOn: input.version >= 2,
    terms: before?.terms ?? input.terms,
    invitation: before?.invitation,
    launches: before?.launches ?? 0,
    trips: [...(before?.trips ?? [])],
    answers: [...(before?.answers ?? [])],
    reports: [...(before?.reports ?? [])],
    revocation: before?.revocation,
    isUsedUp: before?.isUsedUp ?? false,
    isReminded: before?.isReminded ?? false,
    endings: [...(before?.endings ?? [])],
    retries: 0,
    deadlineKnownSince: before?.deadlineKnownSince ?? 0,
    endedAt: before?.endedAt,
  };
}

/** What the next run is to know. */
export function lifeSoFar(life: Life): ConsentLife {
  const { consent } = life;
  return {
    state: consent.state,
    terms: life.terms,
    ...(consent.grant && { grant: consent.grant }),
    deadlineKnownSince: life.deadlineKnownSince,
    ...(life.invitation && { invitation: life.invitation }),
    launches: life.launches,
    trips: life.trips,
    answers: life.answers,
    reports: life.reports,
    ...(life.revocation && { revocation: life.revocation }),
    isUsedUp: life.isUsedUp,
    isReminded: life.isReminded,
    endings: life.endings,
    ...(life.endedAt !== undefined && { endedAt: life.endedAt }),
    story: consent.story,
  };
}

/**
 * Whether this consent lives the year after. Those that were started before there was one do so from the first message or timer
 * on that a worker of now handles: what they did until then is replayed as it was. To be called where the workflow's own course
 * wakes or is asked whether to, and nowhere else.
 */
export function awaken(life: Life): boolean {
  life.livesOn ||= patched('the-year-after');
  return life.livesOn;
}

export function rememberTrip(life: Life, trip: Trip): void {
  const others = life.trips.filter(({ authorizationId }) => authorizationId !== trip.authorizationId);
  life.trips = [...others, trip].slice(-TRIPS_REMEMBERED);
}

export function tripOf(life: Life, authorizationId: AuthorizationId): Trip | undefined {
  return life.trips.find((trip) => trip.authorizationId === authorizationId);
}

/** Puts grants on the list of what the bank is told, each once. One that an operator was asked about is told anew. */
export function endGrants(
  life: Life,
  authorizationIds: readonly AuthorizationId[],
  cause: EndingCause,
  revocation: Revocation,
): void {
  for (const authorizationId of authorizationIds) {
    if (life.endings.some((each) => each.authorizationId === authorizationId && each.needsOperator !== true)) continue;
    const others = life.endings.filter((each) => each.authorizationId !== authorizationId);
    life.endings = [...others, { authorizationId, cause, revocation, since: Date.now() }];
  }
}

/** An operator wants the bank told again: from now on, with new patience. */
export function retryEndings(life: Life): void {
  life.retries += 1;
  const since = Date.now();
  life.endings = life.endings.map(({ authorizationId, cause, revocation }) => ({
    ...{ authorizationId, cause, revocation, since },
  }));
}

/** Somebody was refused with the tokens: whether they still work is the question, and not only how the consent stands. */
export function expressesDoubt({ source }: BankReport): boolean {
  return source === 'refresh' || source === 'data_access';
}

/** True while nothing else may be asked of the person: they are at the bank, or an answer is worked on. */
export function isExchanging({ stage }: ConsentState): boolean {
  return stage === 'exchanging';
}

function policyOf({ policy }: ConsentInput): DurationPolicy & LifePolicy {
  return {
    noticeDays: DEFAULT_NOTICE_DAYS,
    revocationPatienceDays: 7,
    personalDataRetentionDays: 30,
    eventsPerRun: 2_000,
    ...policy,
  };
}
