import { FAILURES } from '../domain/failures';
import type { GrantedConsent } from '../domain/grant';
import type { consentSchema } from './contract/schemas/consent';
import type { Sent } from './contract/schemas/values';
import { consentWorkflowId, type InvitationId } from '../domain/ids';
import type { ConsentRow } from '../store/consents';
import type { DataKey } from '../store/vault';

/** A consent as its application reads it. Instants are RFC 3339; what does not apply is absent. */
export async function consentView(
  row: ConsentRow,
  dataKey: DataKey | undefined,
  publicUrl: string,
): Promise<Sent<typeof consentSchema>> {
  const person = row.person_jwe === null ? undefined : await dataKey?.open('person', row.id, row.person_jwe);
  const link = row.status === 'active' ? openLink(row) : { id: row.first_link_id, sealed: row.first_launch_jwe };
  return {
    id: row.id,
    status: row.status,
    nextAction: row.next_action,
    ...(row.next_action === 'launch' &&
      dataKey &&
      link.id !== null &&
      link.sealed !== null && { launchUrl: await launchUrlOf(link.id, link.sealed, dataKey, publicUrl) }),
    ...invitationView(row),
    ...(row.failure !== null && { failure: { code: row.failure, ...describe(row.failure) } }),
    institution: { id: row.institution_id, name: row.profile.name },
    ...(typeof person === 'string' && { person: { reference: person } }),
    purpose: row.purpose,
    ...(row.language !== null && { language: row.language }),
    requested: row.terms,
    ...(row.granted && { granted: grantView(row.granted) }),
    ...(row.difference && { difference: row.difference }),
    ...(row.data_access && { dataAccess: row.data_access }),
    ...(row.expires_at && { expirationDate: row.expires_at.toISOString() }),
    ...(row.grant_expires_at && { grantExpirationDate: row.grant_expires_at.toISOString() }),
    ...(row.notice_days !== null && { noticeDays: row.notice_days }),
    ...(row.account_changes && { accountChanges: row.account_changes }),
    ...(row.receipt_id !== null && { receiptId: row.receipt_id }),
    ...(row.revocation && { revocation: row.revocation }),
    ...(row.bank_ending !== null && { bankEnding: row.bank_ending }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    ...(row.purged_at && { purgedAt: row.purged_at.toISOString() }),
    ...(row.return_url !== null && { returnUrl: row.return_url }),
    metadata: row.metadata,
    tags: row.tags,
    authorizeBy: row.authorize_by.toISOString(),
    workflowId: consentWorkflowId(row.id),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The link by which an active consent may be authorized anew. */
function invitationView(row: ConsentRow): Pick<Sent<typeof consentSchema>, 'invitation'> {
  const { invitation_id: id, open_reason: reason, open_terms: requested, open_authorize_by: authorizeBy } = row;
  if (id === null || !reason || !requested || !authorizeBy) return {};
  return { invitation: { id, reason, requested, authorizeBy: authorizeBy.toISOString() } };
}

/** The grant with its instants as RFC 3339. */
function grantView({ createdAt, expiresAt, ...granted }: GrantedConsent) {
  return {
    ...granted,
    ...(createdAt !== undefined && { createdTime: new Date(createdAt).toISOString() }),
    ...(expiresAt !== undefined && { expirationTime: new Date(expiresAt).toISOString() }),
  };
}

function describe(code: keyof typeof FAILURES) {
  const { title, fix } = FAILURES[code];
  return { title, fix };
}

function openLink({ invitation_id: id, open_launch_jwe: sealed }: ConsentRow) {
  return { id, sealed };
}

export async function launchUrlOf(
  id: InvitationId,
  sealed: string,
  dataKey: DataKey,
  publicUrl: string,
): Promise<string> {
  const token = await dataKey.open('launch-token', id, sealed);
  if (typeof token !== 'string') throw new Error('a launch token is a string');
  return `${publicUrl}/connect/${token}`;
}
