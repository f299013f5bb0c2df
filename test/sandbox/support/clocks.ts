import type { BankProcess } from './bank-process';

/**
 * Lets time have passed at the bank and here alike: an assertion of another year would be refused, and say nothing of what the
 * bank makes of a grant.
 */
export async function withClocksAhead<Result>(
  bank: BankProcess,
  seconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const trueNow = Date.now.bind(Date);
  const now = jest.spyOn(Date, 'now').mockImplementation(() => trueNow() + seconds * 1000);
  await bank.behave({ clockOffsetSeconds: seconds });
  try {
    return await work();
  } finally {
    now.mockRestore();
    await bank.behave({ clockOffsetSeconds: 0 });
  }
}
