import type { DurationPolicy } from '../domain/grant';
import type { ConsentRow } from '../store/consents';
import type { ConsentInput } from '../workflows/contract';

/** The workflow's input, from the row that stands for it: the same at the first start and at any repeated one. */
export function consentInputOf(row: ConsentRow, policy: DurationPolicy): ConsentInput {
  return {
    version: 1,
    consentId: row.id,
    applicationId: row.application_id,
    institutionId: row.institution_id,
    institutionName: row.profile.name,
    terms: row.terms,
    authorizeBy: row.authorize_by.getTime(),
    policy,
  };
}
