import net from 'node:net';
import { choosePort, chooseRandomPort } from '../../scripts/setup/ports';

function listen(port: number): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

const close = (server: net.Server) => new Promise((resolve) => server.close(resolve));

test('a free port is taken as preferred, without a word', async () => {
  const preferred = await chooseRandomPort();
  const told: string[] = [];
  // Chosen ports are remembered for a while so that two choices never give the same one: ask for the next free one.
  const port = await choosePort(preferred + 1, 'the API', (line) => told.push(line));
  expect(port).toBe(preferred + 1);
  expect(told).toEqual([]);
});

test('a taken port is avoided, and the user is told which one is used instead', async () => {
  const preferred = await chooseRandomPort();
  const holder = await listen(preferred);
  const told: string[] = [];
  const port = await choosePort(preferred, 'the API', (line) => told.push(line));
  expect(port).not.toBe(preferred);
  expect(told).toEqual([`port ${preferred} is taken, the API uses ${port}`]);
  await close(await listen(port));
  await close(holder);
});

test('two random ports are never the same', async () => {
  const ports = await Promise.all(Array.from({ length: 10 }, () => chooseRandomPort()));
  expect(new Set(ports).size).toBe(10);
});
