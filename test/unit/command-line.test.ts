import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UsageError, NotFound } from '../../src/cli/command-errors';
import { COMMANDS } from '../../src/cli/commands';
import { completionScript } from '../../src/cli/completion';
import { endingOf, EXIT_CODES } from '../../src/cli/exit-codes';
import { editDistance, findCommand, nearest } from '../../src/cli/find-command';
import { commandHelp, GLOBAL_OPTIONS, overview } from '../../src/cli/help';
import { table } from '../../src/cli/table';
import { textOf, toldFailure } from '../../src/cli/told-failure';
import { ConsentFailure, FAILURES } from '../../src/domain/failures';
import { lengthText } from '../../src/domain/length-text';
import { timelineOf } from '../../src/operators/timeline';
import { fish, zsh } from './support/completing-shells';

const nameOf = ({ words }: (typeof COMMANDS)[number]): string => words.join(' ');

describe('the commands', () => {
  it.each([
    'dev',
    'api',
    'worker',
    'migrate',
    'institutions',
    'applications',
    'keys',
    'consents',
    'evidence',
    'webhooks',
    'doctor',
  ])('have %s', (word) => {
    expect(COMMANDS.some(({ words }) => words[0] === word)).toBe(true);
  });

  it.each(COMMANDS.map((command) => [nameOf(command), command] as const))(
    'have help for %s: each option is told of, each example is one that it takes',
    (_name, command) => {
      const { options = {}, examples = [] } = command;
      expect(Object.entries(options).filter(([, { about }]) => about === undefined)).toEqual([]);
      expect(examples).not.toEqual([]);
      for (const example of examples) {
        const args = example.match(/'[^']*'|\S+/g) ?? [];
        const config = Object.fromEntries(
          Object.entries({ ...options, ...GLOBAL_OPTIONS }).map(([name, { type }]) => [name, { type }]),
        );
        expect(() => parseArgs({ args, options: config, allowPositionals: true })).not.toThrow();
      }
      const help = commandHelp(command);
      for (const name of [...Object.keys(options), 'json', 'help']) expect(help).toContain(`--${name}`);
    },
  );

  it('are in the overview, each under its group', () => {
    const text = overview(COMMANDS);
    for (const command of COMMANDS) expect(text).toContain(`  ${nameOf(command)} `);
    expect(text).not.toContain('Others');
  });
});

describe('a command that there is not', () => {
  it.each([
    ['consents lst', 'fdx-consent consents list'],
    ['docter', 'fdx-consent doctor'],
    ['institutions registration shwo x', 'fdx-consent institutions registration show'],
    ['consents frobnicate', 'fdx-consent help consents lists'],
    ['xyzzy', 'fdx-consent help lists'],
  ])('is told with what was meant: %s', (typed, meant) => {
    let error: unknown;
    try {
      findCommand(COMMANDS, typed.split(' '));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).fix).toContain(meant);
  });

  it('is near by letters put in, left out, replaced and swapped', () => {
    expect(['list', 'lis', 'lisst', 'lost', 'lits', ''].map((word) => editDistance(word, 'list'))).toEqual([
      0, 1, 1, 1, 1, 4,
    ]);
    expect([nearest('limt', ['limit', 'status']), nearest('colour', ['limit'])]).toEqual(['limit', undefined]);
  });
});

describe('a failure', () => {
  it.each([
    ['a usage error', new UsageError('no'), 2],
    ['options that do not fit', new z.ZodError([]), 2],
    ['what is not there', new NotFound('no'), 3],
    ['an unknown consent', new ConsentFailure('consent_not_found'), 3],
    ['a conflict', new ConsentFailure('consent_not_ended'), 4],
    ['an engine that is away', new ConsentFailure('engine_unavailable'), 5],
    ['a database that is away', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 5],
    [
      'a cause that is away',
      new Error('x', { cause: Object.assign(new Error('y'), { code: 14, details: 'gone' }) }),
      5,
    ],
    ['a bank that must be mended', new ConsentFailure('as_metadata_unusable'), 1],
    ['anything else that is told', new Error('x'), 1],
    ['a mistake of ours', new TypeError('secret'), 70],
    ['something that is no error', 'secret', 70],
  ])('ends by its kind: %s', (_what, error, code) => {
    const told = toldFailure(error);
    expect(EXIT_CODES[told.ending]).toBe(code);
    expect(textOf(told)).not.toMatch(/secret|\n\s+at /);
  });

  it('of each published code has an ending that is not success', () => {
    for (const failure of Object.values(FAILURES)) expect(EXIT_CODES[endingOf(failure)]).toBeGreaterThan(0);
  });
});

describe('a table', () => {
  const rows = [['cns_0123456789', 'a name that is very long indeed', 'x\ty\nz\u001b[31m']];

  it('is whole in a pipe, with one line a row and no control characters', () => {
    const text = table(['id', 'name', 'note'], rows, { hasColour: false });
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('a name that is very long indeed  x y z [31m');
  });

  it('fits a terminal, and keeps its ids', () => {
    const text = table(['id', 'name', 'note'], rows, { hasColour: false, width: 40 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(text).toContain('cns_0123456789  a name');
    expect(text).toContain('…');
  });
});

describe('a timeline', () => {
  const event = (more: object): { event: string } => ({
    event: JSON.stringify({ seq: 1, at: '2026-11-28T10:00:00.000Z', actor: 'workflow', ...more }),
  });

  it('tells events in words, with the failure that they name, and any that it does not know by its type', () => {
    const told = timelineOf([
      event({ type: 'receipt.issued', details: { receiptId: 'rcp_1' }, correlationId: 'aut_1' }),
      event({ type: 'authorization.failed', reason: 'consent_denied', correlationId: 'aut_1' }),
      event({
        type: 'consent.revoked',
        details: { to: { status: 'revoked', bankEnding: 'pending', grantedDigest: 'x' } },
      }),
      event({ type: 'moon.landed', correlationId: 'inv_1' }),
    ]);
    expect(told.map(({ text, authorizationId }) => [text, authorizationId])).toEqual([
      ['receipt rcp_1', 'aut_1'],
      [`the trip came to nothing (consent_denied: ${FAILURES.consent_denied.title})`, 'aut_1'],
      ['revoked: bankEnding pending', undefined],
      ['moon.landed', undefined],
    ]);
  });

  it('says how long in the greatest unit that is filled twice', () => {
    expect([0, 90_000, 300_000, 100_000_000, 1e9].map(lengthText)).toEqual(['0 s', '90 s', '5 min', '27 h', '11 d']);
  });
});

describe('completion', () => {
  const bash = (words: readonly string[]): readonly string[] => {
    const script = `${completionScript('bash', COMMANDS)}
COMP_WORDS=(fdx-consent "$@"); COMP_CWORD=$#; _fdx_consent; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean);
  };

  it.each([
    [['con'], ['consents']],
    [['consents', 'w'], ['watch']],
    [
      ['institutions', 'registration', ''],
      ['show', 'update', 'delete', '--help'],
    ],
    [['consents', 'list', '--st'], ['--status']],
    [
      ['consents', 'list', '--status', 'a'],
      ['authorizing', 'active', 'abandoned'],
    ],
    [['consents', 'list', '--json', '--limit', '3', '--bank-ending', 'd'], ['done']],
    [
      ['doctor', '--only', 'database'],
      ['database', 'database-role'],
    ],
    [['completion', 'x'], []],
    [['completion', 'z'], ['zsh']],
    // Any file: the shell's own affair.
    [['export', 'events', '--out', ''], []],
  ])('of bash completes %j', (typed, expected) => {
    expect(bash(typed)).toEqual(expected);
  });

  it('of zsh completes from the first Tab on, in a zsh', async () => {
    const completed = await zsh();
    const typed = [
      'con',
      'consents w',
      'institutions registration up',
      'consents list --st',
      'consents list --json --limit 3 --bank-ending d',
      'doctor --only node',
      'completion z',
      'export events --out /dev/nul',
      'nonsense /dev/nul',
    ];
    expect(completed(completionScript('zsh', COMMANDS), typed.map(ofProgram)).map((line) => line.trimEnd())).toEqual(
      [
        'consents',
        'consents watch',
        'institutions registration update',
        'consents list --status',
        'consents list --json --limit 3 --bank-ending done',
        'doctor --only node',
        'completion zsh',
        'export events --out /dev/null',
        'nonsense /dev/null',
      ].map(ofProgram),
    );
  });

  it('of fish offers what may follow, in a fish', async () => {
    const offered = await fish();
    const typed = {
      con: 'consents',
      'consents w': 'watch',
      'institutions registration ': 'delete show update',
      'consents list --st': '--status',
      'consents list --status a': 'abandoned active authorizing',
      'consents list --json --limit 3 --bank-ending d': 'done',
      'doctor --only=database': '--only=database --only=database-role',
      'completion ': 'bash fish zsh',
      'export events --out /dev/nul': '/dev/null',
    };
    const lines = Object.keys(typed).map(ofProgram);
    expect(offered(completionScript('fish', COMMANDS), lines)).toEqual(Object.values(typed));
  });
});

function ofProgram(line: string): string {
  return `fdx-consent ${line}`;
}
