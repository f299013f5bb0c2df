/**
 * What documents of banks are (FDX API 6.x, ContentTypes), as far as a browser that opens one runs nothing in it. SVG and HTML are
 * programs.
 */
const PASSED_ON: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/tiff',
]);

const ASKED_BY_DEFAULT = 'application/pdf';

/** The media type of a document, without parameters; undefined for one that is not passed on. */
export function mediaTypeOf({ headers }: Pick<Response, 'headers'>): string | undefined {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type !== undefined && PASSED_ON.has(type) ? type : undefined;
}

/** One media range with an optional weight (RFC 9110 §12.5.1). */
const RANGE = /^(application\/pdf|image\/(\*|gif|jpeg|png|tiff))(;q=[01](\.\d{1,3})?)?$/;

/** What the bank is asked for: what the caller accepts, as far as it is passed on; a PDF when that is nothing of it. */
export function acceptableTo(caller: string | undefined): string {
  const ranges = (caller ?? '')
    .slice(0, 500)
    .toLowerCase()
    .split(',')
    .map((range) => range.replace(/\s/g, ''))
    .filter((range) => RANGE.test(range));
  return ranges.length > 0 ? ranges.join(', ') : ASKED_BY_DEFAULT;
}
