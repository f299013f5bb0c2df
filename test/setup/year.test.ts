import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compiled } from '../../scripts/setup/repository';
import type { YearSummary } from '../../scripts/year/story';

/** `npm run year` as a user runs it, minus the installation. Half a minute when nothing else runs. */
jest.setTimeout(240_000);

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-year-'));
  await chmod(dataDir, 0o711);
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

function runYear(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const program = compiled('scripts/year/main.js');
    const year = spawn(process.execPath, [program, '--once', '--random-ports', '--data-dir', dataDir]);
    for (const stream of [year.stdout, year.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    year.once('error', reject).once('close', (code) => {
      resolve({ code, output });
    });
  });
}

test('npm run year -- --once lives two terms of a consent: noticed, renewed, revoked at the bank, purged and certified', async () => {
  const { code, output } = await runYear();
  // What it said is what one needs to know when it failed.
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  const summary = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as YearSummary;
  const { renewal, certificate } = summary;

  expect(summary.statuses).toEqual(['requested', 'active', 'revoked']);
  expect(summary.notices).toEqual([[30, 14, 7, 1], []]);

  expect(renewal.consentIds).toEqual([summary.consentId, summary.consentId]);
  expect(renewal.grantsAtBank).toEqual(['REVOKED', 'ACTIVE']);
  expect(renewal.supersedes).toBe(renewal.receipts[0]);
  expect(renewal.receipts[1]).not.toBe(renewal.receipts[0]);
  const [first = '', second = ''] = renewal.expirationDates;
  // Renewed on the last day of the first term, for another year.
  expect(Math.round((Date.parse(second) - Date.parse(first)) / 86_400_000)).toBe(364);

  expect(summary.revocation).toEqual({ initiator: 'DATA_PROVIDER', requestsThatTellTheBank: 0 });
  expect(certificate).toMatchObject({ isVerified: true, issuedAt: summary.purgedAt });
  expect(certificate.destroyed).toEqual(expect.arrayContaining(['person_reference', 'data_key']));
  // 364 days, 300 more, and the 30 for which personal data are kept.
  expect(summary.days).toBe(694);
  expect(output).toMatch(/follow it at +http:\/\/localhost:\d+\/namespaces\/default\/workflows\/consent-cns_/);
});
