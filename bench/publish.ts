import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../scripts/setup/repository';
import { historyTables } from './consent-years/tables';
import type { HistoriesResult } from './consent-years/result';
import type { CustodyResult } from './custody/result';
import { custodyTables } from './custody/tables';
import type { EvidenceResult } from './evidence/result';
import { evidenceTables } from './evidence/tables';
import type { Machine } from './machine';
import { readLatestFullResult, type BenchResult } from './results';
import { tablesOf } from './table';
import type { WebhooksResult } from './webhooks/result';
import { webhooksTables } from './webhooks/tables';

/** Marks around figures in a page, by what they are of. */
const marksOf = (name: string) => ({ begin: `<!-- ${name}: begin`, end: `<!-- ${name}: end -->` });

/** Puts the figures of the latest full run into docs/performance.md; the words around them stay. */
export function publish(): string {
  const { file, result } = readLatestFullResult();
  const flows = result as BenchResult;
  return replaceFigures('performance.md', file, figuresOf(file, flows, tablesOf(flows)));
}

/** The same for custody and data, in the same page. */
export function publishCustody(): string {
  return replaceFigures('performance.md', ...latestCustody(), 'custody figures');
}

/** @returns the file of the latest full run, and what docs/performance.md is to show of it */
export function latestCustody(): [file: string, figures: string] {
  const { file, result } = readLatestFullResult('custody-');
  const custody = result as CustodyResult;
  return [file, figuresOf(file, custody, custodyTables(custody))];
}

/** The same for evidence, in the same page. */
export function publishEvidence(): string {
  return replaceFigures('performance.md', ...latestEvidence(), 'evidence figures');
}

/** @returns the file of the latest full run, and what docs/performance.md is to show of it */
export function latestEvidence(): [file: string, figures: string] {
  const { file, result } = readLatestFullResult('evidence-');
  const evidence = result as EvidenceResult;
  return [file, figuresOf(file, evidence, evidenceTables(evidence))];
}

/** The same for webhooks and events, in the same page. */
export function publishWebhooks(): string {
  return replaceFigures('performance.md', ...latestWebhooks(), 'webhooks figures');
}

/** @returns the file of the latest full run, and what docs/performance.md is to show of it */
export function latestWebhooks(): [file: string, figures: string] {
  const { file, result } = readLatestFullResult('webhooks-');
  const webhooks = result as WebhooksResult;
  return [file, figuresOf(file, webhooks, webhooksTables(webhooks))];
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

function replaceFigures(name: string, file: string, figures: string, mark = 'figures'): string {
  const { begin: beginMark, end: endMark } = marksOf(mark);
  const document = path.join(repositoryRoot, 'docs', name);
  const text = readFileSync(document, 'utf8');
  const [begin, after] = [text.indexOf(beginMark), text.indexOf(endMark)];
  const before = text.indexOf('\n', begin);
  if (begin < 0 || after < before) throw new Error(`docs/${name} has lost the marks around its figures`);
  writeFileSync(document, `${text.slice(0, before)}\n\n${figures}\n\n${text.slice(after)}`);
  return `docs/${name} shows ${file}`;
}
