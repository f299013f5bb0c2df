import { FAILURES, type FailureCode } from '../domain/failures';
import { consentWorkflowId } from '../domain/ids';
import type { StoryEvent } from '../operators/consent-story';
import { operatorTaskView } from '../operators/tasks';
import type { ConsentFile, ConsentOverview } from '../store/consent-overview';
import { table } from './table';

export const OVERVIEW_HEADINGS = ['consent', 'institution', 'application', 'status', 'next action', 'expires', 'bank'];

export function overviewRow(row: ConsentOverview): readonly string[] {
  const { id, institution_id, application_id, status, next_action, expires_at, bank_ending } = row;
  return [id, institution_id, application_id, status, next_action, dayOf(expires_at), bank_ending ?? ''];
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
  };
}

/** The rows as one JSON value; a Date prints as an instant. */
export function fileView({ consent, ...file }: ConsentFile, story: readonly StoryEvent[]) {
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
    createdAt: consent.created_at,
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
    story,
  };
}

export function fileText(file: ConsentFile, story: readonly StoryEvent[]): string {
  const { consent, grants } = file;
  const facts: readonly (readonly [string, string])[] = [
    ['consent', `${consent.id} (workflow ${consentWorkflowId(consent.id)})`],
    ['who and where', `${consent.application_id} at ${consent.institution_id}`],
    ['status', `${consent.status}, next action: ${consent.next_action}`],
    ['failure', textOfFailure(consent.failure)],
    ['expires', instantOf(consent.expires_at)],
    ['grant ends', consent.grant_lost ? 'lost at the bank' : instantOf(consent.grant_expires_at)],
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
    table(
      ['when', 'what'],
      story.map(({ at, text }) => [instantOf(at), text]),
    ),
  ].join('\n');
}

function textOfFailure(code: FailureCode | null): string {
  return code === null ? '' : `${code}: ${FAILURES[code].title}`;
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
