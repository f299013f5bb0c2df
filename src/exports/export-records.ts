import type { ApplicationId } from '../domain/ids';
import { eventsAfter, FIRST_EVENT_PLACE } from '../store/audit-events';
import { consentsAfter, FIRST_CONSENT_PLACE } from '../store/consent-rows';
import type { Database } from '../store/database';
import { rowsIn, type Period } from '../store/in-period';
import { headOf, textOf, type ExportFormat, type Sheet } from './format';
import { CONSENT_SHEET, EVENT_SHEET } from './sheets';

export const EXPORTED_RECORDS = ['consents', 'events'] as const;
export type ExportedRecords = (typeof EXPORTED_RECORDS)[number];

export interface ExportRequest extends Period {
  readonly records: ExportedRecords;
  /** All applications' when it is not said; with the service's own events. */
  readonly applicationId?: ApplicationId | undefined;
  readonly format: ExportFormat;
}

/**
 * The file, piece by piece, the first of them with its head. What is not read is not fetched: memory holds one page, however many
 * there are. A failure in the middle is thrown, and whoever writes the file must not end it as if it were whole.
 */
export function exportRecords(
  database: Database,
  { records, applicationId, format, ...period }: ExportRequest,
): AsyncGenerator<string, void, undefined> {
  if (records === 'consents') {
    const pages = rowsIn(database, period, FIRST_CONSENT_PLACE, (source, place, to, limit) =>
      consentsAfter(source, applicationId, place, to, limit),
    );
    return written(CONSENT_SHEET, format, pages, ({ consent }) => (consent ? [consent] : []));
  }
  const pages = rowsIn(database, period, FIRST_EVENT_PLACE, (source, place, to, limit) =>
    eventsAfter(source, applicationId, place, to, limit),
  );
  return written(EVENT_SHEET, format, pages, ({ event, hash }) => (event === null ? [] : [{ event, hash }]));
}

async function* written<Read, Row>(
  sheet: Sheet<Row>,
  format: ExportFormat,
  pages: AsyncIterable<readonly Read[]>,
  shownOf: (read: Read) => readonly Row[],
): AsyncGenerator<string, void, undefined> {
  let head = headOf(sheet, format);
  for await (const page of pages) {
    const text = head + textOf(sheet, page.flatMap(shownOf), format);
    head = '';
    if (text !== '') yield text;
  }
  if (head !== '') yield head;
}
