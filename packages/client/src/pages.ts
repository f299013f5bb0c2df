/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next one begins; undefined on the last. */
  readonly nextCursor: string | undefined;
}

/**
 * A list that comes in pages, each asked for when it is needed: `for await (const consent of client.consents.list())`. Going over it
 * again asks again.
 */
export class Pages<Item> implements AsyncIterable<Item> {
  constructor(private readonly read: (cursor: string | undefined) => Promise<Page<Item>>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }

  /**
   * Page by page, for whoever keeps the place where they are.
   *
   * @param cursor - the `nextCursor` of a page read before: goes on behind it
   */
  async *pages(cursor?: string): AsyncGenerator<Page<Item>, void, undefined> {
    for (let at = cursor; ;) {
      const page = await this.read(at);
      yield page;
      // A page that leads to itself would be read for ever.
      if (page.nextCursor === undefined || page.nextCursor === at) return;
      at = page.nextCursor;
    }
  }
}
