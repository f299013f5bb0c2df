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
  const parsed = paged.safeParse(document);
  if (!parsed.success) return undefined;
  const { page, links } = parsed.data;
  if (page?.nextPageKey != null) return withParameter(first, 'pageKey', page.nextPageKey);
  const next = Array.isArray(links) ? links.find(({ rel }) => rel === 'next') : links?.next;
  if (next) return linkedPage(next.href, current, first);
  if (page?.nextOffset != null) return withParameter(first, 'offset', page.nextOffset);
  return undefined;
}

function withParameter(first: URL, name: string, value: string | number): URL {
  const url = new URL(first);
  url.searchParams.set(name, String(value));
  return url;
}

/** A link may be relative. One that leads elsewhere is not followed: our token would go with it. */
function linkedPage(href: string, current: URL, first: URL): URL | undefined {
  if (!URL.canParse(href, current.href)) return undefined;
  const url = new URL(href, current);
  return url.origin === first.origin ? url : undefined;
}
