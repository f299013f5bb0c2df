import { UsageError } from '../command-errors';
import type { Command } from '../command';
import { completionScript, SHELLS } from '../completion';

/** @param commands all of them, when it is asked: this one is among them */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    words: ['completion'],
    synopsis: SHELLS.join('|'),
    takes: SHELLS,
    summary: 'print a script that completes commands, options and their values in a shell',
    examples: ['bash', 'zsh', 'fish'],
    changes: false,
    run: (_values, [given]) => {
      const shell = SHELLS.find((each) => each === given);
      if (!shell) throw new UsageError(`Name the shell: fdx-consent completion ${SHELLS.join('|')}`);
      const script = completionScript(shell, commands());
      return Promise.resolve({ text: script.trimEnd(), value: { shell, script } });
    },
  };
}
