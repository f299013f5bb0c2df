import { compareAccounts, type AccountEvidence } from '../../src/domain/account-changes';

const CHECKING: AccountEvidence = {
  accountId: 'a-1',
  category: 'DEPOSIT_ACCOUNT',
  accountType: 'CHECKING',
  accountNumberDisplay: '****1234',
  productName: 'Everyday',
  currency: 'USD',
};
const SAVINGS: AccountEvidence = {
  ...CHECKING,
  accountId: 'a-2',
  accountType: 'SAVINGS',
  accountNumberDisplay: '••77',
};

function renumbered(account: AccountEvidence, accountId: string): AccountEvidence {
  return { ...account, accountId };
}

describe('accounts before and after a renewal', () => {
  it('match by the bank’s id, whatever else changed about them', () => {
    const renamed = { accountId: 'a-1', productName: 'Everyday Plus' };
    expect(compareAccounts([CHECKING], [renamed])).toEqual({
      matched: [{ previousId: 'a-1', currentId: 'a-1', by: 'id' }],
      missing: [],
      added: [],
    });
  });

  it('match by what tells them apart when the bank gives new ids', () => {
    const current = [renumbered(SAVINGS, 'b-9'), renumbered(CHECKING, 'b-8')];
    expect(compareAccounts([CHECKING, SAVINGS], current)).toEqual({
      matched: [
        { previousId: 'a-1', currentId: 'b-8', by: 'evidence' },
        { previousId: 'a-2', currentId: 'b-9', by: 'evidence' },
      ],
      missing: [],
      added: [],
    });
  });

  it('that are gone are missing, and those that nobody knew are added', () => {
    const other = { ...SAVINGS, accountId: 'a-3', accountNumberDisplay: '****5555' };
    expect(compareAccounts([CHECKING, SAVINGS], [CHECKING, other])).toMatchObject({
      matched: [{ previousId: 'a-1', by: 'id' }],
      missing: ['a-2'],
      added: ['a-3'],
    });
  });

  it('that look alike are not guessed at, on either side', () => {
    const twins = [renumbered(CHECKING, 'b-1'), renumbered(CHECKING, 'b-2')];
    expect(compareAccounts([CHECKING], twins)).toEqual({ matched: [], missing: ['a-1'], added: ['b-1', 'b-2'] });
    expect(compareAccounts(twins, [CHECKING])).toEqual({ matched: [], missing: ['b-1', 'b-2'], added: ['a-1'] });
  });

  it.each([undefined, '', '****'])('without digits that the bank shows (%s) cannot be told apart', (display) => {
    const { accountId, category, accountType } = CHECKING;
    const shown = display === undefined ? {} : { accountNumberDisplay: display };
    const blank = { accountId, category, accountType, ...shown } as AccountEvidence;
    expect(compareAccounts([blank], [renumbered(blank, 'b-1')])).toEqual({
      matched: [],
      missing: ['a-1'],
      added: ['b-1'],
    });
  });

  it.each(['category', 'accountType', 'productName', 'currency'] as const)('of another %s are others', (name) => {
    const other = { ...renumbered(CHECKING, 'b-1'), [name]: 'OTHER' };
    expect(compareAccounts([CHECKING], [other]).matched).toEqual([]);
  });

  it('that a bank lists twice are one each', () => {
    expect(compareAccounts([CHECKING, CHECKING], [renumbered(CHECKING, 'b-1'), renumbered(CHECKING, 'b-1')])).toEqual({
      matched: [{ previousId: 'a-1', currentId: 'b-1', by: 'evidence' }],
      missing: [],
      added: [],
    });
  });

  it('that kept their id leave the others’ look-alikes to be matched', () => {
    const twin = renumbered(CHECKING, 'a-3');
    const current = [CHECKING, renumbered(twin, 'b-3')];
    expect(compareAccounts([CHECKING, twin], current).matched).toEqual([
      { previousId: 'a-1', currentId: 'a-1', by: 'id' },
      { previousId: 'a-3', currentId: 'b-3', by: 'evidence' },
    ]);
  });

  it('may be none at all', () => {
    expect(compareAccounts([], [])).toEqual({ matched: [], missing: [], added: [] });
  });
});
