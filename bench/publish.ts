import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../scripts/setup/repository';
import { readLatestFullResult } from './results';
import { tablesOf } from './table';

const DOCUMENT = path.join('docs', 'performance.md');
const BEGIN = '<!-- figures: begin (npm run bench -- --publish) -->';
const END = '<!-- figures: end -->';

/** Puts the figures of the latest full run into docs/performance.md; the words around them stay. */
export function publish(): string {
  const { file, result } = readLatestFullResult();
  const document = path.join(repositoryRoot, DOCUMENT);
  const text = readFileSync(document, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${DOCUMENT} has lost the marks around its figures`);
  const { machine, startedAt, commit } = result;
  const origin =
    `[${path.basename(file)}](../${file}), commit ${commit}, ${startedAt.slice(0, 10)}: ${machine.cores} cores of ` +
    `${machine.cpu}, ${machine.memoryGib} GiB, ${machine.system}, Node ${machine.node}; load before the run ${machine.loadBefore}.`;
  const figures = [BEGIN, origin, tablesOf(result), ''].join('\n\n');
  writeFileSync(document, text.slice(0, before) + figures + text.slice(after));
  return `${DOCUMENT} shows ${file}`;
}
