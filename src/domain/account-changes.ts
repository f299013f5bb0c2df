/**
 * What tells one account of a person from another, beside its id. The number is only what the bank shows of it, and everything
 * here is kept sealed.
 */
export interface AccountEvidence {
  /** The bank's id. FDX wants it stable, and at some banks it is new with every grant. */
  readonly accountId: string;
  /** Of FDX: `DEPOSIT_ACCOUNT` and the like. */
  readonly category?: string;
  readonly accountType?: string;
  readonly accountNumberDisplay?: string;
  readonly productName?: string;
  readonly currency?: string;
}

export interface AccountMatch {
  readonly previousId: string;
  readonly currentId: string;
  readonly by: 'id' | 'evidence';
}

/** How the accounts of a renewed consent compare with those before. What cannot be told for certain is reported, not guessed. */
export interface AccountChanges {
  readonly matched: readonly AccountMatch[];
  /** Accounts of the grant before that none of now answers to. */
  readonly missing: readonly string[];
  /** Accounts of now that answer to none of before. */
  readonly added: readonly string[];
}

/** Matches by id first, then by evidence that fits exactly one account on either side. */
export function compareAccounts(
  previous: readonly AccountEvidence[],
  current: readonly AccountEvidence[],
): AccountChanges {
  const currentIds = new Set(current.map(({ accountId }) => accountId));
  const previousIds = new Set(previous.map(({ accountId }) => accountId));
  const lost = eachOnce(previous).filter(({ accountId }) => !currentIds.has(accountId));
  const fresh = eachOnce(current).filter(({ accountId }) => !previousIds.has(accountId));
  const byId = [...previousIds]
    .filter((id) => currentIds.has(id))
    .map((id): AccountMatch => ({ previousId: id, currentId: id, by: 'id' }));
  const byEvidence = lost.flatMap((before): AccountMatch[] => {
    const counterpart = onlyCounterpart(before, lost, fresh);
    return counterpart ? [{ previousId: before.accountId, currentId: counterpart.accountId, by: 'evidence' }] : [];
  });
  const found = new Set(byEvidence.flatMap(({ previousId, currentId }) => [previousId, currentId]));
  return {
    matched: [...byId, ...byEvidence],
    missing: lost.map(({ accountId }) => accountId).filter((id) => !found.has(id)),
    added: fresh.map(({ accountId }) => accountId).filter((id) => !found.has(id)),
  };
}

/** An account that a bank lists twice, on two pages perhaps, is still one. */
function eachOnce(accounts: readonly AccountEvidence[]): readonly AccountEvidence[] {
  return [...new Map(accounts.map((each) => [each.accountId, each])).values()];
}

/** The one account that can be meant; two that look alike are none. */
function onlyCounterpart(
  before: AccountEvidence,
  lost: readonly AccountEvidence[],
  fresh: readonly AccountEvidence[],
): AccountEvidence | undefined {
  const looks = looksOf(before);
  if (looks === undefined || lost.filter((each) => looksOf(each) === looks).length > 1) return undefined;
  const [candidate, ...others] = fresh.filter((each) => looksOf(each) === looks);
  return others.length === 0 ? candidate : undefined;
}

/** Without the digits that the bank shows, two accounts of one kind cannot be told apart. */
function looksOf(evidence: AccountEvidence): string | undefined {
  const { accountNumberDisplay, category, accountType, productName, currency } = evidence;
  if (accountNumberDisplay === undefined || !/\d/.test(accountNumberDisplay)) return undefined;
  return JSON.stringify([accountNumberDisplay, category, accountType, productName, currency]);
}
