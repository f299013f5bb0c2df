import { claimedBlocks } from '../../architecture/support/code-blocks';

/** What stands on a page → what this test has in its place. Each is on the page, or the claim is about another text. */
export type Places = Readonly<Record<string, string>>;

/**
 * A block that its page says this test runs: `<!-- run by test/….test.ts: NAME -->`. The page is the only place where its
 * commands are written; the test runs what it is given here, with what a reader would put in place of the examples.
 */
export class PageBlock {
  private readonly commands: readonly string[];
  private readonly left: Set<number>;

  constructor(
    private readonly place: string,
    private readonly whole: string,
  ) {
    this.commands = commandsOf(whole);
    this.left = new Set(this.commands.keys());
  }

  /** All of it, for a shell or a comparison. */
  text(places: Places = {}): string {
    this.left.clear();
    return this.filled(this.whole, places);
  }

  /** One of its commands, counted from 0, for a test that looks at what each does. */
  command(index: number, places: Places = {}): string {
    const command = this.commands[index];
    if (command === undefined) throw new Error(`${this.place} has ${this.commands.length} commands`);
    this.left.delete(index);
    return this.filled(command, places);
  }

  get notRun(): readonly string[] {
    return [...this.left].map((index) => `${this.place}: ${this.commands[index] ?? ''}`);
  }

  private filled(text: string, places: Places): string {
    let filled = text;
    for (const [shown, own] of Object.entries(places)) {
      if (!filled.includes(shown)) throw new Error(`${this.place} does not say ${shown}`);
      filled = filled.replaceAll(shown, () => own);
    }
    return filled;
  }
}

/** Called where a test file begins. That all of the block has been run is looked at when the file ends, so run the whole file. */
export function pageBlock(page: string, name: string): PageBlock {
  const claimed = claimedBlocks().find((block) => block.page === page && block.name === name);
  if (!claimed) throw new Error(`${page} has no block that says <!-- run by …: ${name} -->`);
  const block = new PageBlock(claimed.place, claimed.text);
  afterAll(() => {
    expect(block.notRun).toEqual([]);
  });
  return block;
}

/** Lines, without comments; one that ends in a backslash goes on in the next. */
function commandsOf(text: string): readonly string[] {
  const lines = text.replaceAll(/\\\n */g, '').split('\n');
  return lines.map((line) => line.replace(/ +#.*$/, '').trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
