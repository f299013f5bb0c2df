import { stopSharedStack } from './shared-stack';

export default async function tearDown(): Promise<void> {
  await stopSharedStack();
}
