import type { Command, CommandOption } from './command';
import { GLOBAL_OPTIONS } from './help';

/** What may follow: after the words of a command, or after the beginning of some. */
interface Place {
  readonly words: readonly string[];
  /** Words that go on, with what they are about. */
  readonly next: ReadonlyMap<string, string>;
  readonly options: Readonly<Record<string, CommandOption>>;
}

function placesOf(commands: readonly Command[]): readonly Place[] {
  const beginnings = new Map<string, Map<string, string>>();
  for (const { words, summary } of commands) {
    words.forEach((word, index) => {
      const before = words.slice(0, index).join(' ');
      const next = beginnings.get(before) ?? new Map<string, string>();
      if (index === words.length - 1) next.set(word, summary);
      else if (!next.has(word)) next.set(word, `${[...words.slice(0, index), word].join(' ')} …`);
      beginnings.set(before, next);
    });
  }
  const groups = [...beginnings].map(([before, next]) => ({
    words: before === '' ? [] : before.split(' '),
    next,
    options: before === '' ? {} : { help: GLOBAL_OPTIONS.help },
  }));
  const leaves = commands.map(({ words, takes = [], options }) => ({
    words,
    next: new Map(takes.map((each) => [each, each])),
    options: { ...options, ...GLOBAL_OPTIONS },
  }));
  return [...groups, ...leaves];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script for a shell: docs/command-line.md says where it goes. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  const places = placesOf(commands);
  switch (shell) {
    case 'bash':
      return bashScript(places);
    case 'zsh':
      return zshScript(places);
    case 'fish':
      return fishScript(places);
  }
}

/** The place is what was typed up to the first option, as far as commands have words: looked up from the longest on. */
function bashScript(places: readonly Place[]): string {
  const next = places.map(({ words, next: names, options }) => {
    const all = [...names.keys(), ...Object.keys(options).map((name) => `--${name}`)];
    return `    '${words.join(' ')}') echo '${all.join(' ')}';;`;
  });
  const values = valuesOf(places).map(([key, choices]) => `    '${key}') echo '${choices.join(' ')}';;`);
  return `# bash completion of fdx-consent: source <(fdx-consent completion bash)
_fdx_consent_next() {
  case "$1" in
${next.join('\n')}
    *) return 1;;
  esac
}
_fdx_consent_values() {
  case "$1" in
${values.join('\n')}
    *) return 1;;
  esac
}
_fdx_consent() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" place='' index candidates
  for ((index = 1; index < COMP_CWORD; index++)); do
    local longer="\${place:+$place }\${COMP_WORDS[index]}"
    _fdx_consent_next "$longer" >/dev/null || break
    place="$longer"
  done
  COMPREPLY=()
  if [[ "$before" == --* ]] && candidates="$(_fdx_consent_values "$place $before")"; then
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$word")
    return
  fi
  candidates="$(_fdx_consent_next "$place")"
  mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$word")
}
complete -o default -F _fdx_consent fdx-consent
`;
}

/** `consents list --status` → its values; none where it takes any: shells offer files then. */
function valuesOf(places: readonly Place[]): readonly (readonly [string, readonly string[]])[] {
  return places.flatMap(({ words, options }) =>
    Object.entries(options).flatMap(([name, { type, choices = [] }]) =>
      type === 'string' ? [[[...words, `--${name}`].join(' '), choices] as const] : [],
    ),
  );
}

function zshScript(places: readonly Place[]): string {
  const cases = places.map(({ words, next, options }) => {
    const lines = [
      ...[...next].map(([word, about]) => `'${quoted(word)}:${quoted(about)}'`),
      ...Object.entries(options).map(([name, { about }]) => `'--${name}:${quoted(about ?? '')}'`),
    ];
    return `    '${words.join(' ')}') candidates=(${lines.join(' ')});;`;
  });
  const values = valuesOf(places).map(([key, choices]) => {
    const offered = choices.length === 0 ? '_files' : `compadd -- ${choices.join(' ')}`;
    return `    '${key}') ${offered}; return;;`;
  });
  return `#compdef fdx-consent
# zsh completion of fdx-consent: fdx-consent completion zsh > "\${fpath[1]}/_fdx-consent"
_fdx_consent_candidates() {
  case "$1" in
${cases.join('\n')}
    *) return 1;;
  esac
}
_fdx_consent() {
  local place='' longer index
  local -a candidates
  for ((index = 2; index < CURRENT; index++)); do
    longer="\${place:+$place }\${words[index]}"
    _fdx_consent_candidates "$longer" || break
    place="$longer"
  done
  case "$place \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  _fdx_consent_candidates "$place"
  _describe 'fdx-consent' candidates || _files
}
# Found by fpath this file is the function itself, and is asked to complete by the call that loads it; sourced it only tells.
if [[ "\${funcstack[1]}" == _fdx-consent ]]; then
  _fdx_consent "$@"
else
  compdef _fdx_consent fdx-consent
fi
`;
}

function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap(({ words, next, options }) => {
    const at = `-n '__fdx_consent_at ${words.join(' ')}'`;
    const under = `-n '__fdx_consent_under ${words.join(' ')}'`;
    return [
      ...[...next].map(([word, about]) => `complete -c fdx-consent -f ${at} -a '${word}' -d '${fishQuoted(about)}'`),
      ...Object.entries(options).map(([name, { type, choices, about }]) => {
        const value = type === 'boolean' ? '' : choices ? ` -x -a '${choices.join(' ')}'` : ' -r';
        return `complete -c fdx-consent ${under} -l ${name}${value} -d '${fishQuoted(about ?? '')}'`;
      }),
    ];
  });
  return `# fish completion of fdx-consent: fdx-consent completion fish > ~/.config/fish/completions/fdx-consent.fish
function __fdx_consent_at
  set -l typed (commandline -opc)[2..-1]
  test "$typed" = "$argv"
end
function __fdx_consent_under
  set -l typed (commandline -opc)[2..-1]
  string match -q -- "$argv *" "$typed "
end
${lines.join('\n')}
`;
}

/** Within single quotes of zsh, where a colon parts the word from what it is about. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
}

function fishQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
