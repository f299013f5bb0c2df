import { createApp } from './app';
import { connectToBank } from './bank';
import { createSigningKey } from './keys';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const [clientKey, receiptKey] = await Promise.all([createSigningKey('PS256'), createSigningKey('ES256')]);
  const bank = await connectToBank(settings, clientKey);
  createApp({ bank, clientKey, receiptKey, settings }).listen(settings.port, '127.0.0.1', (error?: Error) => {
    if (error) throw error;
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
