import { z } from 'zod';

const key = z.union([z.string().min(1).max(2048), z.number()]);
const href = z.looseObject({ href: z.string().min(1).max(4096) });

/** FDX has all three, by age: `page.nextPageKey`, `links.next.href`, and the deprecated `page.nextOffset`. Links come as a list too. */
const paged = z.looseObject({
  page: z
    .looseObject({ nextPageKey: key.nullish().catch(undefined), nextOffset: key.nullish().catch(undefined) })
    .nullish(),
  links: z
    .union([
      z.looseObject({ next: href.nullish().catch(undefined) }),
      z.array(z.looseObject({ rel: z.string().optional().catch(undefined), href: z.string() })),
    ])
    .nullish()
    .catch(undefined),
});

/**
 * Where the page after this one is. Keys are opaque and go back as they came.
 *
 * @param current address of this page
 * @param first address of the first one
 * @returns undefined after the last one
 */
export function nextPageOf(document: unknown, current: URL, first: URL): URL | undefined {
  const named = nextNamedBy(document, current, first);
  return named?.origin === first.origin ? named : undefined;
}

/** Whether the next page is said to be where our token must not go: at another origin. */
export function leadsElsewhere(document: unknown, current: URL, first: URL): boolean {
  const named = nextNamedBy(document, current, first);
  return named !== undefined && named.origin !== first.origin;
}

function nextNamedBy(document: unknown, current: URL, first: URL): URL | undefined {
  const parsed = paged.safeParse(document);
  if (!parsed.success) return undefined;
  const { page, links } = parsed.data;
  if (page?.nextPageKey != null) return withParameter(first, 'pageKey', page.nextPageKey);
  const next = Array.isArray(links) ? links.find(({ rel }) => rel === 'next') : links?.next;
  // A link may be relative.
  if (next) return URL.canParse(next.href, current.href) ? new URL(next.href, current) : undefined;
  if (page?.nextOffset != null) return withParameter(first, 'offset', page.nextOffset);
  return undefined;
}

function withParameter(first: URL, name: string, value: string | number): URL {
  const url = new URL(first);
  url.searchParams.set(name, String(value));
  return url;
}
