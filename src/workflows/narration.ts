import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import {
  hasEnded,
  transition,
  type BankEnding,
  type ConsentEvent,
  type ConsentState,
  INITIAL_STATE,
} from '../domain/consent';
import { FAILURES } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import { clustersOf } from '../domain/terms';
import { SEARCH_ATTRIBUTES, type ConsentInput } from './contract';

/** The consent as it stands. Moving it on keeps the Temporal UI in step: search attributes and a card that reads as a story. */
export interface Narration {
  readonly input: ConsentInput;
  readonly state: ConsentState;
  readonly hasEnded: boolean;
  /** What happened, line by line; of a long life the latest. */
  readonly story: readonly string[];
  readonly grant: ToldGrant | undefined;
  /** The state after `event`, without moving there: what an activity is to write down. */
  after(event: ConsentEvent): ConsentState;
  /** Moves there. */
  tell(event: ConsentEvent): void;
  /** What the bank granted, for the card. */
  tellGrant(granted: GrantedConsent, difference: GrantDifference): void;
  /** Something worth a line that changes nothing. */
  remark(sentence: string): void;
}

interface ToldGrant {
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
}

/** The card stays readable, and what a run hands to the next one small. */
const LINES_KEPT = 40;

export function beginNarration(input: ConsentInput): Narration {
  const before = input.life;
  let state = before?.state ?? INITIAL_STATE;
  let grant: ToldGrant | undefined = before?.grant;
  let story: readonly string[] = before?.story ?? [`${instant(Date.now())} asked for`];

  function show(): void {
    setCurrentDetails(cardOf(input, state, story, grant));
  }

  function add(sentence: string): void {
    story = [...story, `${instant(Date.now())} ${sentence}`].slice(-LINES_KEPT);
    show();
  }

  show();
  return {
    input,
    get state() {
      return state;
    },
    get hasEnded() {
      return hasEnded(state.status);
    },
    get story() {
      return story;
    },
    get grant() {
      return grant;
    },
    after: (event) => transition(state, event),
    tell(event) {
      const before = state;
      state = transition(state, event);
      // The moments while a code is exchanged are not worth a write to the visibility store.
      if (state.stage !== 'exchanging' && isFoundByOtherwise(before, state)) upsert(state);
      add(sentenceOf(event));
    },
    tellGrant(granted, difference) {
      grant = { granted, difference };
      show();
    },
    remark: add,
  };
}

function isFoundByOtherwise(before: ConsentState, state: ConsentState): boolean {
  return (
    before.status !== state.status ||
    before.nextAction !== state.nextAction ||
    (state.expiresAt !== undefined && before.expiresAt !== state.expiresAt)
  );
}

function upsert(state: ConsentState): void {
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.status, value: state.status },
    { key: SEARCH_ATTRIBUTES.nextAction, value: state.nextAction },
    ...(state.expiresAt === undefined ? [] : [{ key: SEARCH_ATTRIBUTES.expiresAt, value: new Date(state.expiresAt) }]),
  ]);
}

/** Markdown for the workflow's page in the Temporal UI. Says nothing of the person. */
function cardOf(
  input: ConsentInput,
  state: ConsentState,
  story: readonly string[],
  grant: ToldGrant | undefined,
): string {
  const asked = clustersOf(input.terms.resources);
  const lines = [
    `### ${input.institutionName}: ${state.status}`,
    `**Next action:** ${state.nextAction}`,
    `**Asked:** ${asked.join(', ')}`,
  ];
  if (grant) {
    const refused = grant.difference.clusters.flatMap((each) => each.refused);
    lines.push(`**Granted** (${grant.granted.source}): ${clustersOf(grant.granted.resources).join(', ') || 'nothing'}`);
    if (refused.length > 0) lines.push(`**Refused:** ${refused.join(', ')}`);
  }
  if (state.expiresAt !== undefined) lines.push(`**Expires:** ${instant(state.expiresAt)}`);
  if (state.isGrantLost === true) lines.push('**The bank no longer honours the grant**');
  if (state.bankEnding !== undefined) lines.push(`**Told the bank that it is over:** ${state.bankEnding}`);
  if (state.failure !== undefined) lines.push(`**Why:** ${FAILURES[state.failure].title} (\`${state.failure}\`)`);
  return [...lines, story.map((line) => `- ${line}`).join('\n')].join('\n\n');
}

function sentenceOf(event: ConsentEvent): string {
  switch (event.type) {
    case 'authorization_prepared':
      return 'the person agreed to the disclosure; PKCE, state and sender-constraint key prepared';
    case 'authorization_pushed':
      return 'authorization request pushed; the person was sent to the bank';
    case 'callback_received':
      return 'the person came back with a code; exchanging it';
    case 'authorization_lost':
      return `this trip to the bank ended without a grant: ${event.failure}; the person may try again`;
    case 'denied':
      return 'declined at the bank';
    case 'failed':
      return `failed: ${event.failure}`;
    case 'abandoned':
      return 'nobody completed the authorization in time';
    case 'granted':
      return `granted; receipt ${event.receiptId} recorded; asleep until the consent expires`;
    case 'expired':
      return 'expired; no data is read any more';
    case 'invited':
      return `the person is invited to authorize anew by link ${event.invitationId}`;
    case 'invitation_closed':
      return 'the link to authorize anew is closed; the consent goes on as it was';
    case 'noticed':
      return `notice given: ${event.days} day(s) left`;
    case 'redated':
      return `the bank changed the dates; the consent ends ${instant(event.expiresAt)}`;
    case 'grant_lost':
      return 'the bank no longer honours the grant; no data until the person authorizes again';
    case 'revoked':
      return 'revoked; no data is read any more';
    case 'bank_ending':
      return BANK_ENDING[event.progress];
  }
}

const BANK_ENDING: Readonly<Record<BankEnding, string>> = {
  pending: 'the bank is being told that it is over',
  done: 'the bank knows that it is over; tokens destroyed',
  needs_operator: 'the bank did not take it for days; an operator is asked',
};

function instant(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}
