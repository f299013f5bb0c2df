import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPrograms } from '../../../scripts/setup/debian-programs';

/** What became of each line that somebody typed and pressed Tab behind; of fish, all that it offers. */
export type Completing = (script: string, lines: readonly string[]) => readonly string[];

const LONGEST_MS = 30_000;

function inDirectory<Result>(work: (directory: string) => Result): Result {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fdx-consent-shell-'));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(shell: string, args: readonly string[], home: string): string {
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8' };
  const { stdout, stderr, status } = spawnSync(shell, args, { env, encoding: 'utf8', timeout: LONGEST_MS });
  if (status !== 0 || stderr !== '') throw new Error(`${shell} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/**
 * A shell at a terminal of its own, which finds the script by its fpath as docs/command-line.md says. What is typed is taken one key
 * after the other: Control-X takes the line away and prints it when Tab is done with it.
 */
const ZSH = String.raw`
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PS2=; stty -echo cols 200; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000"
zpty -w shell "bindkey '^I' complete-word; told() { local line=\$BUFFER; BUFFER=; zle -I; print -r -- \"<\$line\"'>' }; zle -N told; bindkey '^X' told; print 'RE''ADY'"
zpty -r shell seen '*READY*'
for line in "$@[2,-1]"; do
  zpty -w -n shell "$line"$'\t\x18'
  zpty -r -m shell seen '*<fdx-consent*>*'
  print -r -- "fdx-consent$(print -r -- "$seen" | sed -n 's/.*<fdx-consent\([^>]*\)>.*/\1/p')"
done
zpty -d shell
`;

export async function zsh(): Promise<Completing> {
  await findPrograms({ name: 'zsh', programs: ['zsh'], packageName: 'zsh' });
  return (script, lines) =>
    inDirectory((directory) => {
      writeFileSync(path.join(directory, '_fdx-consent'), script);
      return run('zsh', ['-f', '-c', ZSH, 'zsh', directory, ...lines], directory)
        .trimEnd()
        .split('\n');
    });
}

export async function fish(): Promise<Completing> {
  await findPrograms({ name: 'fish', programs: ['fish'], packageName: 'fish' });
  return (script, lines) =>
    inDirectory((directory) => {
      const file = path.join(directory, 'fdx-consent.fish');
      writeFileSync(file, script);
      const asked =
        'source $argv[1]; for line in $argv[2..]; string join -- " " (complete -C $line | string replace -r "\\t.*" ""); end; true';
      return run('fish', ['--no-config', '-c', asked, file, ...lines], directory)
        .trimEnd()
        .split('\n');
    });
}
