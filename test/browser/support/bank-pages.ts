import type { Page } from 'playwright-core';

/** The sandbox bank's two pages, as a person uses them. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Allow' }).waitFor();
}

export async function allow(page: Page, choice: { accounts: string[]; refuse?: string[] }): Promise<void> {
  for (const account of choice.accounts) await page.getByRole('checkbox', { name: account }).check();
  for (const cluster of choice.refuse ?? []) await page.getByRole('checkbox', { name: cluster }).uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
}
