import { ensureSharedStack } from './shared-stack';

export default async function setUp(): Promise<void> {
  await ensureSharedStack();
}
