import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { transition, type ConsentEvent, type ConsentState, INITIAL_STATE } from '../domain/consent';
import { FAILURES } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import { clustersOf } from '../domain/terms';
import { SEARCH_ATTRIBUTES, type ConsentInput } from './contract';

/** The consent as it stands. Moving it on keeps the Temporal UI in step: search attributes and a card that reads as a story. */
export interface Narration {
  readonly input: ConsentInput;
  readonly state: ConsentState;
  /** How often the person asked to be sent to the bank. */
  readonly launches: number;
  countLaunch(): void;
  /** The state after `event`, without moving there: what an activity is to write down. */
  after(event: ConsentEvent): ConsentState;
  /** Moves there. */
  tell(event: ConsentEvent): void;
  /** What the bank granted, for the card. */
  tellGrant(granted: GrantedConsent, difference: GrantDifference): void;
}

export function beginNarration(input: ConsentInput): Narration {
  let state = INITIAL_STATE;
  let grant: { granted: GrantedConsent; difference: GrantDifference } | undefined;
  let launches = 0;
  const story: string[] = [`${instant(Date.now())} asked for`];

  function show(): void {
    setCurrentDetails(cardOf(input, state, story, grant));
  }

  show();
  return {
    input,
    get state() {
      return state;
    },
    get launches() {
      return launches;
    },
    countLaunch() {
      launches += 1;
    },
    after: (event) => transition(state, event),
    tell(event) {
      const before = state;
      state = transition(state, event);
      story.push(`${instant(Date.now())} ${sentenceOf(event)}`);
      // The moments while a code is exchanged are not worth a write to the visibility store.
      const settled = state.stage !== 'exchanging';
      if (settled && (before.status !== state.status || before.nextAction !== state.nextAction)) upsert(state);
      show();
    },
    tellGrant(granted, difference) {
      grant = { granted, difference };
      show();
    },
  };
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
  grant: { granted: GrantedConsent; difference: GrantDifference } | undefined,
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
      return 'expired; tokens destroyed';
  }
}

function instant(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}
