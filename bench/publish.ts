import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../scripts/setup/repository';
import { historyTables } from './consent-years/tables';
import type { HistoriesResult } from './consent-years/result';
import type { Machine } from './machine';
import { readLatestFullResult, type BenchResult } from './results';
import { tablesOf } from './table';

const BEGIN = '<!-- figures: begin';
const END = '<!-- figures: end -->';

/** Puts the figures of the latest full run into docs/performance.md; the words around them stay. */
export function publish(): string {
  const { file, result } = readLatestFullResult();
  const flows = result as BenchResult;
  return replaceFigures('performance.md', file, figuresOf(file, flows, tablesOf(flows)));
}

/** The same for docs/histories.md. */
export function publishHistories(): string {
  return replaceFigures('histories.md', ...latestHistories());
}

/** @returns the file of the latest full run, and what docs/histories.md is to show of it */
export function latestHistories(): [file: string, figures: string] {
  const { file, result } = readLatestFullResult('histories-');
  const histories = result as HistoriesResult;
  return [file, figuresOf(file, histories, historyTables(histories))];
}

interface Origin {
  machine: Machine;
  startedAt: string;
  commit: string;
}

function figuresOf(file: string, { machine, startedAt, commit }: Origin, tables: string): string {
  const origin =
    `[${path.basename(file)}](../${file}), commit ${commit}, ${startedAt.slice(0, 10)}: ${machine.cores} cores of ` +
    `${machine.cpu}, ${machine.memoryGib} GiB, ${machine.system}, Node ${machine.node}; load before the run ${machine.loadBefore}.`;
  return `${origin}\n\n${tables}`;
}

function replaceFigures(name: string, file: string, figures: string): string {
  const document = path.join(repositoryRoot, 'docs', name);
  const text = readFileSync(document, 'utf8');
  const [begin, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  const before = text.indexOf('\n', begin);
  if (begin < 0 || after < before) throw new Error(`docs/${name} has lost the marks around its figures`);
  writeFileSync(document, `${text.slice(0, before)}\n\n${figures}\n\n${text.slice(after)}`);
  return `docs/${name} shows ${file}`;
}
