import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../../../scripts/setup/repository';

export { repositoryRoot };

export function readText(file: string): string {
  return readFileSync(path.join(repositoryRoot, file), 'utf8');
}

/** What git has, and what it would have after `git add .`: a fault is told before it is committed. */
export function repositoryFiles(): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const deleted = execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: repositoryRoot, encoding: 'utf8' });
  const gone = new Set(deleted.split('\0'));
  return listed.split('\0').filter((file) => file !== '' && !gone.has(file));
}

export function markdownFiles(): readonly string[] {
  return repositoryFiles().filter((file) => /^(README\.md|docs\/.*\.md)$/.test(file));
}
