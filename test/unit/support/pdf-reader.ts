import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPoppler } from '../../../scripts/setup/poppler';

export interface ReadPdf {
  readonly text: string;
  readonly pages: number;
  /** `pdfinfo`: names and values. */
  readonly info: Readonly<Record<string, string>>;
  /** Names of the structure's elements, in order. */
  readonly structure: readonly string[];
  /** What Poppler complains of. */
  readonly complaints: string;
}

/** Reads a PDF with programs that have nothing to do with the one that wrote it. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  await findPoppler();
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fdx-consent-pdf-'));
  try {
    const file = path.join(directory, 'document.pdf');
    const complaints = path.join(directory, 'complaints');
    writeFileSync(file, bytes);
    const read = (command: string) =>
      execFileSync('sh', ['-c', `${command} 2>>"$2"`, 'sh', file, complaints], { encoding: 'utf8', timeout: 30_000 });
    const info = Object.fromEntries(
      read('pdfinfo "$1"')
        .split('\n')
        .map((line) => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
    );
    return {
      text: read('pdftotext -raw "$1" -'),
      pages: Number(info['Pages']),
      info,
      structure: [...read('pdfinfo -struct "$1"').matchAll(/^\s*(\w+)/gm)].map(([, name]) => name ?? ''),
      complaints: read('cat "$2"'),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
