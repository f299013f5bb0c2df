import { useStage } from './support/stage';

const stage = useStage();

const DAY_MS = 24 * 60 * 60 * 1000;

it('a clock that the server holds for nothing is let go, and time passes to the instant that was wanted', async () => {
  await stage.connect();
  await stage.env.connection.testService?.lockTimeSkipping({});
  const before = await stage.now();
  await stage.sleep(DAY_MS);
  const passed = (await stage.now()) - before;
  expect(passed).toBeGreaterThanOrEqual(DAY_MS);
  expect(passed).toBeLessThan(DAY_MS + 60_000);
});
