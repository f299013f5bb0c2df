import { CONSENT_STATUSES } from '../../src/domain/consent';
import { CONSENT_SHEET, EVENT_SHEET } from '../../src/exports/sheets';
import { rowsWith, unquoted } from './support/markdown';
import { readText, repositoryFiles } from './support/repository';
import { unionMembers } from './support/type-unions';

const page = readText('docs/audit-trail.md');

/** Names in code in the first column; a row may be about several. */
const named = (column: string): string[] =>
  rowsWith(page, column).flatMap(([cell = '']) => cell.split(', ').map((name) => unquoted(name)));

/** Types as triggers and migrations append them, and as the event log takes them. */
function typesInCode(): string[] {
  const migrations = repositoryFiles()
    .filter((file) => /^src\/store\/migrations\/.*\.ts$/.test(file))
    .map(readText)
    .join('\n');
  const appended = [
    ...migrations.matchAll(
      /(?:append|write)_audit_event\(\s*[^()']*(?:\([^()]*\))?[^()']*(?:'service',\s*)?'([a-z_]+\.[a-z_]+)'/g,
    ),
  ];
  const chosen = [...migrations.matchAll(/THEN 'consent\.' \|\| NEW\.status ELSE '([a-z.]+)' END/g)];
  return [...appended, ...chosen]
    .map((match) => match[1] ?? '')
    .concat(unionMembers('src/store/event-log.ts', 'DirectEventType'));
}

describe('docs/audit-trail.md', () => {
  it('has a row for each type of event, and for none that nothing writes', () => {
    const documented = named('type').filter((type) => type !== 'consent.<status>');
    const written = new Set(typesInCode());
    expect(documented.toSorted()).toEqual([...written].toSorted());
    // Else the page would promise a type for each of no statuses.
    expect(CONSENT_STATUSES).toContain('active');
    expect(named('type')).toContain('consent.<status>');
  });

  it('says what is in each column of an export', () => {
    expect(named('column of events').toSorted()).toEqual([...EVENT_SHEET.columns].toSorted());
    expect(named('column of consents').toSorted()).toEqual([...CONSENT_SHEET.columns].toSorted());
  });
});
