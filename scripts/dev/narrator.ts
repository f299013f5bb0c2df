import { seconds } from './stopwatch';

/** Tells a story in short lines, each with the time that had passed when it happened. */
export class Narrator {
  private readonly begun = Date.now();

  constructor(private readonly write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)) {}

  say(line: string, ...details: string[]): void {
    this.write(`${seconds(Date.now() - this.begun).padStart(7)}  ${line}`);
    for (const detail of details) this.write(`${' '.repeat(9)}${detail}`);
  }

  title(line: string): void {
    this.write(`\n${line}`);
  }

  /** A list of names and where they lead. */
  links(links: Record<string, string | undefined>): void {
    const shown = Object.entries(links).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const width = Math.max(...shown.map(([name]) => name.length));
    for (const [name, url] of shown) this.write(`  ${name.padEnd(width)}  ${url}`);
  }
}
