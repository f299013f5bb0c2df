import type { StoredEvent } from '../store/audit-events';
import type { Cell, Sheet } from './format';

type ConsentCells = Readonly<Record<string, string | boolean | null>>;

const CONSENT_COLUMNS = [
  'id',
  'applicationId',
  'institutionId',
  'durationType',
  'status',
  'nextAction',
  'failure',
  'bankEnding',
  'receiptId',
  'isGrantLost',
  'createdAt',
  'grantedAt',
  'expirationDate',
  'grantExpirationDate',
  'revocationRequestedAt',
  'revocationInitiator',
  'revocationReason',
  'endedAt',
  'purgedAt',
] as const;

export const CONSENT_SHEET: Sheet<ConsentCells> = {
  columns: CONSENT_COLUMNS,
  cells: (consent) => CONSENT_COLUMNS.map((name) => consent[name] ?? null),
  json: (consent) =>
    JSON.stringify(
      Object.fromEntries(CONSENT_COLUMNS.flatMap((name) => (consent[name] == null ? [] : [[name, consent[name]]]))),
    ),
};

const EVENT_COLUMNS = [
  'chain',
  'seq',
  'type',
  'at',
  'actor',
  'reason',
  'correlationId',
  'details',
  'previous',
  'version',
  'hash',
] as const;

export const EVENT_SHEET: Sheet<StoredEvent> = {
  columns: EVENT_COLUMNS,
  cells: (stored) => {
    const event = eventView(stored);
    return EVENT_COLUMNS.map((name) => cellOf(event[name]));
  },
  json: (stored) => JSON.stringify(eventView(stored)),
};

/** The event with its hash: what the hash is taken over is the canonical form of all other members (RFC 8785). */
export function eventView({ event, hash }: StoredEvent): Record<string, unknown> {
  return { ...(JSON.parse(event) as Record<string, unknown>), hash };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}
