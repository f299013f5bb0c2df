import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from '../../scripts/setup/chromium';

let directory: string;
const environment = { ...process.env };

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-chromium-'));
  // Without apt-get on PATH nothing is installed, whoever runs this test.
  process.env['PATH'] = directory;
  delete process.env['CHROMIUM_PATH'];
});

afterEach(async () => {
  process.env = { ...environment };
  await rm(directory, { recursive: true, force: true });
});

async function program(name: string): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

test('CHROMIUM_PATH comes first', async () => {
  await program('chromium');
  const named = (process.env['CHROMIUM_PATH'] = await program('my-browser'));
  expect(await findChromium()).toBe(named);
});

test('a Chrome on PATH will do', async () => {
  const chrome = await program('google-chrome');
  expect(await findChromium()).toBe(chrome);
});

test('a machine without one is told what was tried and how to get it', async () => {
  await expect(findChromium()).rejects.toThrow(
    /CHROMIUM_PATH: not set[^]*PATH: none of chromium[^]*apt-get: [^]*Install it/,
  );
});
