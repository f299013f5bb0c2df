import { FAILURES, type FailureCode } from '../domain/failures';
import { consentWorkflowId } from '../domain/ids';
import { operatorTaskView } from '../operators/tasks';
import type { TimelineEntry } from '../operators/timeline';
import type { ConsentFile, ConsentOverview } from '../store/consent-overview';
import { lengthText } from '../domain/length-text';
import { untilText } from './relative-time';
import { table } from './table';
import { entryText, NEXT_ACTION_TEXTS } from './timeline-text';

export const OVERVIEW_HEADINGS = [
  'consent',
  'institution',
  'application',
  'status',
  'next action',
  'expires',
  'bank',
  'expires in',
  'age',
];

export function overviewRow(row: ConsentOverview): readonly string[] {
  const { id, institution_id, application_id, status, next_action, expires_at, bank_ending, created_at } = row;
  const now = Date.now();
  return [
    ...[id, institution_id, application_id, status, next_action, dayOf(expires_at), bank_ending ?? ''],
    ...[untilText(expires_at, now), lengthText(now - created_at.getTime())],
  ];
}

export function overviewView(row: ConsentOverview) {
  return {
    id: row.id,
    institutionId: row.institution_id,
    applicationId: row.application_id,
    status: row.status,
    nextAction: row.next_action,
    expiresAt: row.expires_at,
    bankEnding: row.bank_ending,
    failure: row.failure,
    isGrantLost: row.grant_lost,
    invitationId: row.invitation_id,
    revocationRequestedAt: row.revocation_requested_at,
    createdAt: row.created_at,
  };
}

/** The rows as one JSON value; a Date prints as an instant. */
export function fileView({ consent, ...file }: ConsentFile, timeline: readonly TimelineEntry[]) {
  return {
    ...overviewView(consent),
    workflowId: consentWorkflowId(consent.id),
    purpose: consent.purpose,
    terms: consent.terms,
    stage: consent.stage,
    grantedBy: consent.granted_by,
    grantExpiresAt: consent.grant_expires_at,
    receiptId: consent.receipt_id,
    revocation: consent.revocation,
    revocationDeliveredAt: consent.revocation_delivered_at,
    bankCheckedAt: consent.bank_checked_at,
    updatedAt: consent.updated_at,
    endedAt: consent.ended_at,
    purgeDueAt: consent.purge_due_at,
    purgedAt: consent.purged_at,
    invitations: file.invitations.map(camelised),
    authorizations: file.authorizations.map(camelised),
    grants: file.grants.map(camelised),
    receipts: file.receipts.map(camelised),
    notices: file.notices.map(camelised),
    tasks: file.tasks.map(operatorTaskView),
    certificate: file.certificate ? camelised(file.certificate) : null,
    timeline,
  };
}

export function fileText(file: ConsentFile, timeline: readonly TimelineEntry[]): string {
  const { consent, grants } = file;
  const now = Date.now();
  const facts: readonly (readonly [string, string])[] = [
    ['consent', `${consent.id} (workflow ${consentWorkflowId(consent.id)})`],
    ['who and where', `${consent.application_id} at ${consent.institution_id}`],
    ['status', `${consent.status}, next action: ${consent.next_action}`],
    ['what to do', NEXT_ACTION_TEXTS[consent.next_action]],
    ['waits for', waitingText(file)],
    ['failure', textOfFailure(consent.failure)],
    ['expires', withLength(consent.expires_at, now)],
    ['grant ends', consent.grant_lost ? 'lost at the bank' : withLength(consent.grant_expires_at, now)],
    ['open link', consent.invitation_id ?? ''],
    ['receipt', consent.receipt_id ?? ''],
    ['bank told', consent.bank_ending ?? ''],
    ['personal data', consent.purged_at ? 'destroyed' : dueText(consent.purge_due_at)],
  ];
  const endings = grants
    .filter(({ ending, ending_attempts: attempts }) => ending !== null || attempts > 0)
    .map(({ authorization_id: id, ending, ending_attempts: attempts, ending_failure: failure }) => [
      ...[id, JSON.stringify(ending ?? {}), String(attempts)],
      textOfFailure(failure),
    ]);
  return [
    ...facts.filter(([, value]) => value !== '').map(([name, value]) => `${name.padEnd(14)}${value}`),
    ...(endings.length > 0 ? ['', table(['ending of grant', 'done', 'attempts', 'last failure'], endings)] : []),
    '',
    ...(timeline.length > 0 ? timeline.map((entry) => entryText(entry, now)) : ['No event is kept of it.']),
  ].join('\n');
}

function textOfFailure(code: FailureCode | null): string {
  return code === null ? '' : `${code}: ${FAILURES[code].title}`;
}

/** What has been begun and is not over, by whom it is awaited. */
function waitingText({ consent, tasks }: ConsentFile): string {
  const open = tasks.filter(({ closed_at: closedAt }) => closedAt === null).map(({ id }) => `an operator: ${id}`);
  const trip = {
    none: [],
    prepared: ['the bank, for our request'],
    pushed: ['the person, at the bank'],
    exchanging: ['the bank, for tokens'],
  };
  const started = consent.workflow_started_at === null ? ['its workflow, which is started every 30 seconds'] : [];
  const ending = consent.bank_ending === 'pending' ? ['the bank, to take the end'] : [];
  return [...started, ...trip[consent.stage], ...ending, ...open].join('; ');
}

function withLength(instant: Date | null, now: number): string {
  return instant ? `${instantOf(instant)} (${untilText(instant, now)})` : '';
}

function dueText(due: Date | null): string {
  return due ? `destroyed at ${instantOf(due)}` : '';
}

function instantOf(date: Date | null): string {
  return date?.toISOString() ?? '';
}

export function dayOf(date: Date | null): string {
  return date?.toISOString().slice(0, 10) ?? '';
}

/** Column names as the rest of our JSON writes them. */
function camelised(row: object): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
