import type { Block } from '../documents/printed-document';

/**
 * What a person is told before they agree (12 CFR 1033.411), word for word. The page, the PDF and the plain text are made of it and of
 * nothing else, and the digest is taken over it.
 */
export interface DisclosureDocument {
  readonly version: 1;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly sections: readonly DisclosureSection[];
}

export interface DisclosureSection {
  readonly id: string;
  readonly heading?: string | undefined;
  readonly paragraphs?: readonly string[] | undefined;
  readonly items?: readonly string[] | undefined;
}

export function blocksOf({ sections }: DisclosureDocument): Block[] {
  return sections.flatMap(({ heading, paragraphs = [], items = [] }): Block[] => [
    ...(heading === undefined ? [] : [{ kind: 'heading', text: heading } as const]),
    ...paragraphs.map((text) => ({ kind: 'paragraph', text }) as const),
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
  ]);
}

export function plainTextOf({ title, sections }: DisclosureDocument): string {
  const parts = sections.map(({ heading, paragraphs = [], items = [] }) =>
    [...(heading === undefined ? [] : [heading]), ...paragraphs, ...items.map((item) => `- ${item}`)].join('\n'),
  );
  return `${[title, ...parts].join('\n\n')}\n`;
}
