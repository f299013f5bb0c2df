import { awaitsAuthorization, type ConsentState } from '../domain/consent';
import type { DurationPolicy } from '../domain/grant';
import { stateOf, type ConsentRow } from '../store/consents';
import type { ConsentInput, ConsentLife, LifePolicy } from '../workflows/contract';

/**
 * The workflow's input, from the row that stands for it: the same at the first start and at any repeated one. A consent that lost
 * its workflow after its first grant goes on from what the row says.
 */
export function consentInputOf(row: ConsentRow, policy: DurationPolicy & LifePolicy): ConsentInput {
  return {
    version: 2,
    consentId: row.id,
    applicationId: row.application_id,
    institutionId: row.institution_id,
    institutionName: row.profile.name,
    terms: row.first_terms,
    authorizeBy: row.authorize_by.getTime(),
    policy,
    ...(!awaitsAuthorization(row.status) && { life: lifeOf(row) }),
  };
}

/** Nobody knows any more how far a trip had come: whoever is on one starts again. */
function stateToGoOnFrom(row: ConsentRow): ConsentState {
  const isExchanging = row.stage === 'exchanging';
  const nextAction = isExchanging && row.invitation_id !== null ? 'launch' : row.next_action;
  return stateOf({ ...row, stage: 'none', authorization_id: null, next_action: nextAction });
}

function lifeOf(row: ConsentRow): ConsentLife {
  const { invitation_id: invitationId, open_reason: reason, open_terms: terms, open_authorize_by: authorizeBy } = row;
  const isOpen = invitationId !== null && reason !== null && reason !== 'connect' && terms !== null && authorizeBy;
  return {
    state: stateToGoOnFrom(row),
    terms: row.terms,
    ...(row.granted && row.difference && { grant: { granted: row.granted, difference: row.difference } }),
    ...(row.granted_at && { deadlineKnownSince: row.granted_at.getTime() }),
    ...(isOpen && { invitation: { invitationId, reason, terms, authorizeBy: authorizeBy.getTime() } }),
    launches: 0,
    trips: [],
    answers: [],
    reports: [],
    ...(row.revocation && { revocation: row.revocation }),
    endings: [],
    ...(row.ended_at && { endedAt: row.ended_at.getTime() }),
    story: ['goes on from the database: its workflow was lost'],
  };
}
