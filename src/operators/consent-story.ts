import type { ConsentFile } from '../store/consent-overview';

export interface StoryEvent {
  readonly at: Date;
  readonly text: string;
}

/** What has happened with a consent, in the order in which it did, as far as the rows tell. */
export function consentStory(file: ConsentFile): readonly StoryEvent[] {
  const told = [
    ...ofConsent(file),
    ...file.invitations.flatMap(ofInvitation),
    ...file.authorizations.flatMap(ofAuthorization),
    ...file.grants.flatMap(ofGrant),
    ...file.receipts.map(({ id, created_at: at }) => ({ at, text: `receipt ${id}` })),
    ...file.notices.map(({ days, created_at: at, next_action: action }) => ({
      at,
      text: days === 0 ? 'notice: the deadline is reached' : `notice: ${days} days before the deadline (${action})`,
    })),
    ...file.tasks.flatMap(ofTask),
    ...(file.certificate
      ? [{ at: file.certificate.created_at, text: `deletion certificate ${file.certificate.id}` }]
      : []),
  ];
  // Of what happened at one instant, the order above is the likely one; sorting keeps it.
  return told
    .flatMap(({ at, text }) => (at ? [{ at, text }] : []))
    .sort((left, right) => left.at.getTime() - right.at.getTime());
}

interface Perhaps {
  readonly at: Date | null;
  readonly text: string;
}

function ofConsent({ consent }: ConsentFile): readonly Perhaps[] {
  const { revocation } = consent;
  const wish = revocation ? ` (${revocation.initiator}, ${revocation.reason})` : '';
  return [
    { at: consent.created_at, text: `asked for by ${consent.application_id} at ${consent.institution_id}` },
    { at: consent.revocation_requested_at, text: `revocation asked for${wish}` },
    { at: consent.bank_checked_at, text: 'the bank was last asked how it stands' },
    { at: consent.ended_at, text: `ended: ${consent.status}` },
    { at: consent.purged_at, text: 'personal data and data key destroyed' },
  ];
}

function ofInvitation({ id, reason, outcome, ...row }: ConsentFile['invitations'][number]): readonly Perhaps[] {
  return [
    { at: row.created_at, text: `invited to ${reason} until ${row.authorize_by.toISOString()} (${id})` },
    { at: row.closed_at, text: `invitation ${id}: ${outcome ?? 'closed'}` },
  ];
}

function ofAuthorization({ id, failure, ...row }: ConsentFile['authorizations'][number]): readonly Perhaps[] {
  return [
    { at: row.agreed_at, text: `the person agreed to the disclosure (${id})` },
    { at: row.pushed_at, text: 'request pushed, the person sent to the bank' },
    { at: row.callback_at, text: failure === null ? 'the bank answered' : `the bank answered: ${failure}` },
  ];
}

function ofGrant({ ending, ...row }: ConsentFile['grants'][number]): readonly Perhaps[] {
  const steps = Object.entries(ending ?? {}).map(([step, outcome]) => `${step} ${String(outcome)}`);
  const ended = steps.length > 0 ? `; at the bank: ${steps.join(', ')}` : '';
  return [
    {
      at: row.created_at,
      text: `granted${row.bank_consent_id === null ? '' : `, at the bank ${row.bank_consent_id}`}`,
    },
    { at: row.refreshed_at, text: 'tokens last refreshed' },
    { at: row.superseded_at, text: 'superseded by a newer grant' },
    { at: row.destroyed_at, text: `tokens destroyed${ended}` },
  ];
}

function ofTask({ id, failure, resolution, ...row }: ConsentFile['tasks'][number]): readonly Perhaps[] {
  return [
    { at: row.opened_at, text: `an operator is needed: ${id}${failure === null ? '' : ` (${failure})`}` },
    { at: row.closed_at, text: `task ${id} closed: ${resolution ?? 'without a word'}` },
  ];
}
