import { readNotification } from '../../src/fdx/notification';

const revoked = (changes: object = {}): object => ({
  notificationId: 'n-1',
  type: 'CONSENT_REVOKED',
  sentOn: '2026-11-24T10:00:00Z',
  category: 'CONSENT',
  severity: 'EMERGENCY',
  priority: 'HIGH',
  publisher: { name: 'Bank', type: 'DATA_PROVIDER' },
  notificationPayload: { id: 'c-1', idType: 'CONSENT', customFields: { name: 'INITIATOR', value: 'INDIVIDUAL' } },
  ...changes,
});
const ABOUT_C1 = { notificationId: 'n-1', type: 'CONSENT_REVOKED', bankConsentId: 'c-1' };

describe('a notification of a bank', () => {
  it.each<[string, object]>([
    ['as FDX shows it', {}],
    ['with another category', { category: 'SECURITY' }],
    ['without category, severity and publisher', { category: undefined, severity: undefined, publisher: undefined }],
    ['with custom fields as a list', { notificationPayload: { id: 'c-1', idType: 'CONSENT', customFields: [{}] } }],
    ['without the kind of its id', { notificationPayload: { id: 'c-1' } }],
    ['with members that nobody knows', { urgent: { very: true } }],
  ])('is about its consent: %s', (_, changes) => {
    expect(readNotification(revoked(changes))).toEqual(ABOUT_C1);
  });

  it.each(['CONSENT_UPDATED', 'CONSENT_EXPIRED', 'CONSENT_GRANTED'])('is about its consent by its type: %s', (type) => {
    expect(readNotification(revoked({ type }))).toEqual({ ...ABOUT_C1, type });
  });

  it.each<[string, object]>([
    ['by its type', { type: 'PLANNED_OUTAGE' }],
    ['by its type, whatever its category', { type: 'ACCOUNT_CLOSED', category: 'CONSENT' }],
    ['by the kind of its id', { notificationPayload: { id: 'a-1', idType: 'ACCOUNT' } }],
    ['without any payload', { type: 'PLANNED_OUTAGE', notificationPayload: undefined }],
  ])('is about something else %s', (_, changes) => {
    expect(readNotification(revoked(changes))).not.toHaveProperty('bankConsentId');
    expect(readNotification(revoked(changes))).toHaveProperty('notificationId', 'n-1');
  });

  it.each<[string, unknown, string]>([
    ['no object', [], ''],
    ['null', null, ''],
    ['no id', revoked({ notificationId: undefined }), 'notificationId'],
    ['an empty id', revoked({ notificationId: '' }), 'notificationId'],
    ['an id of 257 characters', revoked({ notificationId: 'x'.repeat(257) }), 'notificationId'],
    ['an id that is a number', revoked({ notificationId: 1 }), 'notificationId'],
    ['NUL in its id', revoked({ notificationId: 'a\0' }), 'notificationId'],
    ['half a surrogate pair in its id', revoked({ notificationId: '\ud800' }), 'notificationId'],
    ['no type', revoked({ type: undefined }), 'type'],
    ['no consent id', revoked({ notificationPayload: {} }), 'notificationPayload.id'],
    ['NUL in the consent id', revoked({ notificationPayload: { id: '\0' } }), 'notificationPayload.id'],
    ['a payload that is text', revoked({ notificationPayload: 'c-1' }), 'notificationPayload'],
  ])('cannot be right with %s', (_, input, path) => {
    const read = readNotification(input);
    expect('faults' in read ? read.faults.map((fault) => fault.path) : []).toEqual([path]);
  });
});
