import { CLUSTERS, DATA_CLUSTERS } from '../../src/domain/clusters';
import { BANK_ENDINGS, CONSENT_STATUSES, NEXT_ACTIONS } from '../../src/domain/consent';
import { DURATION_TYPES, RESOURCE_TYPES } from '../../src/domain/terms';
import { rowsWith, tablesOf, unquoted } from './support/markdown';
import { readText } from './support/repository';
import { unionMembers } from './support/type-unions';

const page = readText('docs/vocabulary.md');

function listed(firstColumn: string, heading?: string): readonly string[] {
  return tablesOf(page)
    .filter((table) => table.columns[0] === firstColumn && (heading === undefined || table.heading === heading))
    .flatMap((table) => table.rows.map(([name = '']) => unquoted(name)))
    .sort();
}

describe('docs/vocabulary.md', () => {
  it('lists every data cluster with its version, label and scopes', () => {
    const expected = DATA_CLUSTERS.map((name) => {
      const { since, label, scopes } = CLUSTERS[name];
      return [`\`${name}\``, since, label, scopes.map((scope) => `\`${scope}\``).join(', ')];
    });
    expect(rowsWith(page, 'cluster')).toEqual(expected);
  });

  it.each([
    ['duration type', DURATION_TYPES],
    ['resource type', RESOURCE_TYPES],
    ['status', CONSENT_STATUSES],
    ['stage', unionMembers('src/domain/consent.ts', 'AuthorizationStage')],
    ['next action', NEXT_ACTIONS],
    ['bank ending', BANK_ENDINGS],
    ['reason of a link', unionMembers('src/domain/invitation.ts', 'InvitationReason')],
    ['end of a link', unionMembers('src/domain/invitation.ts', 'InvitationOutcome')],
    ['source', unionMembers('src/domain/grant.ts', 'GrantSource')],
  ])('lists every %s and no other', (column, members) => {
    expect(listed(column)).toEqual([...members].sort());
  });

  it('lists how a grant differs and how access was proved', () => {
    expect(listed('difference')).toEqual(['in_full', 'in_part', 'wider']);
    expect(listed('outcome', 'Proof of access')).toEqual(['not_applicable', 'proven', 'refused', 'unreachable']);
  });
});
