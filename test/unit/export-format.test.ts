import { headOf, textOf } from '../../src/exports/format';
import { CONSENT_SHEET, EVENT_SHEET } from '../../src/exports/sheets';

const event = {
  version: 1,
  chain: 'cns_1',
  seq: 2,
  previous: 'aa',
  type: 'data.read',
  at: '2026-11-28T00:00:00.000Z',
  actor: 'application:budget',
  details: { resource: 'accounts', note: 'a "b", c\nd' },
};
const stored = { event: JSON.stringify(event), hash: 'bb' };

describe('a file of events', () => {
  test('as CSV has a head and quotes what RFC 4180 wants quoted', () => {
    const text = headOf(EVENT_SHEET, 'csv') + textOf(EVENT_SHEET, [stored], 'csv');
    expect(text).toBe(
      'chain,seq,type,at,actor,reason,correlationId,details,previous,version,hash\r\n' +
        'cns_1,2,data.read,2026-11-28T00:00:00.000Z,application:budget,,,' +
        '"{""resource"":""accounts"",""note"":""a \\""b\\"", c\\nd""}",aa,1,bb\r\n',
    );
  });

  test('as NDJSON is one object a line, and the event with its hash', () => {
    const text = headOf(EVENT_SHEET, 'ndjson') + textOf(EVENT_SHEET, [stored, stored], 'ndjson');
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...event, hash: 'bb' },
      { ...event, hash: 'bb' },
    ]);
  });

  test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of %j', (reason) => {
    const text = textOf(EVENT_SHEET, [{ event: JSON.stringify({ ...event, reason }), hash: 'bb' }], 'csv');
    expect(text).toContain(`'${reason.replaceAll('"', '""')}`);
  });
});

test('a consent has the columns of its head, and leaves empty what it does not have', () => {
  const consent = { id: 'cns_1', applicationId: 'budget', status: 'active', isGrantLost: false, endedAt: null };
  const [head = '', row = ''] = (headOf(CONSENT_SHEET, 'csv') + textOf(CONSENT_SHEET, [consent], 'csv')).split('\r\n');
  expect(row.split(',')).toHaveLength(head.split(',').length);
  expect(row).toBe('cns_1,budget,,,active,,,,,false,,,,,,,,,');
  expect(JSON.parse(textOf(CONSENT_SHEET, [consent], 'ndjson'))).toEqual({
    id: 'cns_1',
    applicationId: 'budget',
    status: 'active',
    isGrantLost: false,
  });
});
