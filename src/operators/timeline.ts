import { isFailureCode, FAILURES } from '../domain/failures';

/** One event of the trail as a person reads it. */
export interface TimelineEntry {
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly text: string;
  /** The trip to the bank that it belongs to: what belongs to one stands indented below its beginning. */
  readonly authorizationId?: string;
}

interface TrailEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly reason?: string;
  readonly correlationId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Events of one chain in its order, as they are stored: docs/audit-trail.md. They hold no secret and nobody's name. */
export function timelineOf(events: readonly { readonly event: string }[]): readonly TimelineEntry[] {
  return events.map(({ event }) => {
    const told = JSON.parse(event) as TrailEvent;
    const { seq, at, type, actor, correlationId } = told;
    const authorizationId = correlationId?.startsWith('aut_') === true ? correlationId : undefined;
    return {
      ...{ seq, at: new Date(at), type, actor, text: textOf(told) },
      ...(authorizationId !== undefined && { authorizationId }),
    };
  });
}

type Words = (word: (name: string) => string, event: TrailEvent) => string;

/** By type. One that is not here is told by its type: the trail has more to come. */
const TEXTS: Readonly<Record<string, Words>> = {
  'trail.begun': () => 'the trail begins: what was before is in the tables',
  'consent.requested': (word, { actor }) =>
    `asked for by ${actor.replace(/^application:/, '')} at ${word('institutionId')}`,
  'consent.updated': (_word, event) => `state: ${changesOf(event)}`,
  'consent.completion_requested': () => 'the application has read what it needed',
  'consent.purged': () => 'personal data and data key destroyed',
  'consent.deletion_certified': (word) => `deletion certificate ${word('certificateId')}`,
  'revocation.requested': (word) => `revocation asked for (${word('initiator')})`,
  'invitation.opened': (word) => `link ${word('invitationId')} opened, good until ${word('authorizeBy')}`,
  'invitation.cancel_requested': (word) => `link ${word('invitationId')} taken back`,
  'invitation.closed': (word) => `link ${word('invitationId')}: ${word('outcome')}`,
  'invitation.forgotten': (word) => `link ${word('invitationId')} removed, it was never opened`,
  'disclosure.agreed': (word) => `agreed to the disclosure (${word('method')}, ${word('agreementId')})`,
  'authorization.started': (word) => `trip to the bank ${word('authorizationId')}`,
  'authorization.pushed': () => 'request pushed, the person sent to the bank',
  'authorization.answered': () => 'the bank answered',
  'authorization.code_sent': () => 'code sent, once',
  'authorization.exchanged': () => 'tokens received',
  'authorization.failed': () => 'the trip came to nothing',
  'grant.recorded': (word) => `granted${word('bankConsentId') && `, at the bank ${word('bankConsentId')}`}`,
  'grant.refreshed': () => 'tokens refreshed',
  'grant.refresh_failed': () => 'tokens could not be refreshed',
  'grant.lost': () => 'the bank honours the grant no more',
  'grant.superseded': () => 'superseded by a newer grant',
  'grant.ended_at_bank': (word) =>
    `ending at the bank, attempt ${word('attempts')}: ${word('steps') || 'nothing done yet'}`,
  'grant.tokens_destroyed': () => 'tokens destroyed',
  'receipt.issued': (word) =>
    `receipt ${word('receiptId')}${word('supersedes') && ` in place of ${word('supersedes')}`}`,
  'notice.given': (word) => `notice: ${word('days')} days before the deadline (${word('nextAction')})`,
  'bank.notified': () => 'the bank told us something',
  'task.opened': (word) => `an operator is needed: ${word('taskId')}`,
  'task.closed': (word) => `task ${word('taskId')} closed`,
  'hold.placed': (word) => `legal hold ${word('holdId')} placed`,
  'hold.released': (word) => `legal hold ${word('holdId')} released`,
  'person.erased': () => 'the person is erased',
  'secret.opened': (word) => `opened: ${word('purpose')}`,
  'data.read': (word) => `read ${word('resource')}: ${word('outcome')}`,
  'data.delegated': (word) => `call for ${word('resource')} handed over: ${word('outcome')}`,
  'operator.began': (word) => `begins: ${word('action')}`,
  'operator.ended': (word) => `ended: ${word('action')} ${word('outcome')}`,
};

function textOf(event: TrailEvent): string {
  const { type, details, reason } = event;
  const word = (name: string): string => wordOf(details?.[name]);
  const words = TEXTS[type];
  const text = words
    ? words(word, event)
    : type.startsWith('consent.')
      ? `${type.slice(8)}: ${changesOf(event)}`
      : type;
  if (reason === undefined || text.includes(reason)) return text;
  return `${text} (${reason}${isFailureCode(reason) ? `: ${FAILURES[reason].title}` : ''})`;
}

/** What became of a consent's state, its digests left out: they say nothing to a person. */
function changesOf({ details }: TrailEvent): string {
  const to = details?.['to'];
  if (typeof to !== 'object' || to === null) return 'changed';
  const told = Object.entries(to).filter(([name]) => name !== 'status' && !/Digest$|^dataAccess$/.test(name));
  return told.map(([name, value]) => `${name} ${wordOf(value) || 'none'}`).join(', ') || 'as it is';
}

function wordOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
