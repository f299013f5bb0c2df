import { CHANGED_MEMBERS, CONSENT_MEMBERS, EVENT_TYPES } from '../../src/events/event-types';
import { envelopeSchema } from '../../src/events/envelope';
import { codeBlocksOf, rowsWith, unquoted } from './support/markdown';
import { readText } from './support/repository';

const page = readText('docs/events.md');

describe('docs/events.md', () => {
  it('has a row for each type of event, with its meaning and its members, and for no other', () => {
    const documented = rowsWith(page, 'type').map(([type = '', when, members = '']) => [
      unquoted(type),
      when,
      members === '' ? [] : members.split(', ').map(unquoted),
    ]);
    const catalogue = Object.entries(EVENT_TYPES).map(([type, { meaning, own }]) => [type, meaning, Object.keys(own)]);
    expect(documented).toEqual(catalogue);
  });

  it('names the members of every event, and those that an update may be about', () => {
    expect(rowsWith(page, 'member').map(([member = '']) => unquoted(member))).toEqual(Object.keys(CONSENT_MEMBERS));
    const [, listed = ''] = /`changed` names members of [^:]*: ([^.]*)\./.exec(page) ?? [];
    const named = listed.split(/,\s+/).map(unquoted);
    expect(named.toSorted()).toEqual([...CHANGED_MEMBERS]);
  });

  it('shows an event that is one', () => {
    const [example = ''] = codeBlocksOf(page, 'json');
    expect(envelopeSchema.safeParse(JSON.parse(example))).toMatchObject({ success: true });
  });
});
