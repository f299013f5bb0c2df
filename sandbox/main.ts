import { startBank } from './bank';
import { ConfigurationFault, readConfig } from './config';
import { routeConsoleToLog, writeLog } from './request-log';

async function main(): Promise<void> {
  routeConsoleToLog();
  const config = readConfig(process.env);
  const bank = await startBank(config);
  const { issuer, controlPort } = config;
  writeLog('ready', { issuer, control: controlPort === undefined ? null : `http://127.0.0.1:${controlPort}` });

  const stop = (): void => {
    writeLog('stopping');
    bank.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        writeLog('stopped badly', { error: String(error) });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  const reason = error instanceof ConfigurationFault ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`The sandbox bank can not start:\n${reason}\n`);
  process.exit(1);
});
