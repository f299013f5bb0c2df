import { z } from 'zod';
import type { AccountEvidence } from '../domain/account-changes';

const text = z.string().max(256).optional().catch(undefined);

/** Read tolerantly: only the id is needed, and what is not there tells nothing apart. */
const accountSchema = z.looseObject({
  accountId: z.string().min(1).max(256),
  accountCategory: text,
  accountType: text,
  accountNumberDisplay: text,
  productName: text,
  currency: z.looseObject({ currencyCode: text }).optional().catch(undefined),
});

/** What tells the accounts of a list apart; undefined when it is no list of FDX accounts. */
export function readAccountList(
  document: unknown,
): { readonly count: number; readonly evidence: readonly AccountEvidence[] } | undefined {
  const parsed = z.looseObject({ accounts: z.array(z.unknown()) }).safeParse(document);
  if (!parsed.success) return undefined;
  const { accounts } = parsed.data;
  return { count: accounts.length, evidence: accounts.flatMap((account) => evidenceOf(account) ?? []) };
}

function evidenceOf(account: unknown): AccountEvidence | undefined {
  const parsed = accountSchema.safeParse(unwrapped(account));
  if (!parsed.success) return undefined;
  const { accountId, accountCategory, accountType, accountNumberDisplay, productName, currency } = parsed.data;
  return {
    accountId,
    ...(accountCategory !== undefined && { category: accountCategory }),
    ...(accountType !== undefined && { accountType }),
    ...(accountNumberDisplay !== undefined && { accountNumberDisplay }),
    ...(productName !== undefined && { productName }),
    ...(currency?.currencyCode !== undefined && { currency: currency.currencyCode }),
  };
}

/** FDX before 6 wrapped each account in a member named after its category, and banks do so still. */
function unwrapped(account: unknown): unknown {
  if (typeof account !== 'object' || account === null || 'accountId' in account) return account;
  const [only, ...others] = Object.values(account) as unknown[];
  return others.length === 0 ? only : account;
}
