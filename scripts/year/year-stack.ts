import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { parseKeyRing } from '../../src/store/key-ring';
import { dataConverterFor } from '../../src/temporal/connection';
import { ConsentApi } from '../dev/consent-api';
import { startStack, type Stack, type StackOptions } from '../dev/stack';
import { BankControl } from './bank-control';
import { CommonClock } from './common-clock';
import { introduceBank } from './telling-bank';

/** A stack in which time can be skipped, and the hands that a story needs in it. */
export interface YearStack {
  stack: Stack;
  clock: CommonClock;
  api: ConsentApi;
  bank: BankControl;
  temporal: Client;
  connection: Connection;
  stop(): Promise<void>;
}

export type YearStackOptions = Pick<StackOptions, 'dataDir' | 'ports' | 'signal' | 'onProgress' | 'ui'> & {
  workerEnv?: Record<string, string>;
};

/**
 * Everything that `npm start` starts, from empty databases and with Temporal in memory: what was dated ahead of the machine's clock is
 * of no use to a later start.
 */
export async function startYearStack(options: YearStackOptions): Promise<YearStack> {
  const clock = CommonClock.create(path.join(options.dataDir, `clock-${process.pid}`));
  const stops = [() => clock.close()];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const stack = await startStack({
      ...options,
      fresh: true,
      // The server looks this far ahead for timers, and one that it finds behind that fires so much later: a second for each week.
      temporalConfig: { 'history.timerProcessorMaxTimeShift': '"5ms"' },
      apiEnv: clock.environment,
      workerEnv: { ...clock.environment, ...options.workerEnv },
      bankEnv: clock.environment,
      onDatabases: async ({ product, bank }) => {
        await clock.rule(product);
        await clock.rule(bank);
      },
    });
    stops.push(() => stack.stop());
    await introduceBank(stack, options.dataDir);
    const connection = await Connection.connect({ address: stack.temporalAddress });
    stops.push(() => connection.close());
    return { stack, clock, connection, ...handsIn(stack, connection), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function handsIn(stack: Stack, connection: Connection): Pick<YearStack, 'api' | 'bank' | 'temporal'> {
  const dataConverter = dataConverterFor(parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? ''));
  return {
    api: new ConsentApi(stack),
    bank: new BankControl(stack.urls.bankControl),
    temporal: new Client({ connection, namespace: stack.temporalNamespace, dataConverter }),
  };
}
