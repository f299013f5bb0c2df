import type { Command, CommandOption } from './command';

/** Commands by what somebody wants to do, in the order of the overview. By first words. */
const GROUPS: readonly (readonly [title: string, ...first: readonly string[]])[] = [
  ['Run it', 'dev', 'api', 'worker', 'key-service', 'migrate', 'doctor', 'workers', 'housekeeping'],
  ['Consents', 'consents', 'tasks'],
  ['Who asks, and which banks', 'applications', 'institutions', 'operators', 'webhooks'],
  ['Keys and secrets', 'keys', 'vault'],
  ['Evidence', 'evidence', 'receipts', 'disclosures', 'holds', 'export'],
  ['About this command', 'help', 'completion', 'openapi'],
];

/** What every command takes. */
export const GLOBAL_OPTIONS = {
  json: { type: 'boolean', about: 'print one JSON value on standard output, and nothing else' },
  help: { type: 'boolean', about: 'tell what the command does and takes' },
} as const satisfies Record<string, CommandOption>;

export function overview(commands: readonly Command[]): string {
  const known = new Set(GROUPS.flatMap(([, ...first]) => first));
  const others = commands.filter(({ words }) => !known.has(words[0] ?? ''));
  const groups = GROUPS.map(([title, ...first]) => ({
    title,
    // In the order of the table, not of the list: what is used first stands first.
    members: first.flatMap((word) => commands.filter(({ words }) => words[0] === word)),
  }));
  const sections = [...groups, { title: 'Others', members: others }].filter(({ members }) => members.length > 0);
  return [
    'Usage: fdx-consent <command> [options]',
    '',
    ...sections.flatMap(({ title, members }) => [title, ...linesOf(members), '']),
    'fdx-consent help <command> tells what a command takes; every command knows --json and --help.',
    'Settings come from the environment (docs/configuration.md). Exit codes: docs/command-line.md.',
  ].join('\n');
}

export function groupHelp(words: readonly string[], commands: readonly Command[]): string {
  return [
    `Usage: fdx-consent ${words.join(' ')} <command> [options]`,
    '',
    ...linesOf(commands),
    '',
    `fdx-consent help ${words.join(' ')} <command> tells more.`,
  ].join('\n');
}

function linesOf(commands: readonly Command[]): readonly string[] {
  const width = Math.max(...commands.map(({ words }) => words.join(' ').length));
  return commands.map(({ words, summary }) => `  ${words.join(' ').padEnd(width)}  ${summary}`);
}

export function commandHelp({ words, synopsis, summary, options, examples }: Command): string {
  const name = ['fdx-consent', ...words].join(' ');
  const taken = Object.entries({ ...options, ...GLOBAL_OPTIONS }).map(
    ([option, each]) => [optionText(option, each), aboutText(each)] as const,
  );
  const width = Math.max(...taken.map(([option]) => option.length));
  const typed = (examples ?? []).map((example) => `  ${[name, example].filter(Boolean).join(' ')}`);
  return [
    `Usage: ${[name, synopsis].filter(Boolean).join(' ')}`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    'Options',
    ...taken.map(([option, about]) => `  ${option.padEnd(width)}  ${about}`.trimEnd()),
    ...(typed.length > 0 ? ['', 'Examples', ...typed] : []),
  ].join('\n');
}

function optionText(name: string, { type, value, choices }: CommandOption): string {
  return type === 'boolean' ? `--${name}` : `--${name} ${value ?? choices?.join('|') ?? 'VALUE'}`;
}

function aboutText({ about, multiple, choices, value, fallback }: CommandOption): string {
  const notes = [
    ...(choices && value !== undefined ? [`one of ${choices.join(', ')}`] : []),
    ...(multiple === true ? ['may be repeated'] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return [about ?? '', ...(notes.length > 0 ? [`(${notes.join('; ')})`] : [])].join(' ').trim();
}
