import type { Narrator } from '../dev/narrator';
import type { ConsentLife } from './consent-life';

/** Tells what happens to one consent, each line with the date it has there. */
export class Tale {
  /** In the order in which the API showed them. */
  readonly statuses: string[] = [];

  constructor(
    readonly life: ConsentLife,
    private readonly narrator: Narrator,
  ) {}

  async tell(line: string, ...details: string[]): Promise<void> {
    const { status } = await this.life.view();
    if (this.statuses.at(-1) !== status) this.statuses.push(status);
    this.narrator.say(`${dayOf(await this.life.now())}  ${line}`, ...details.map((detail) => INDENT + detail));
  }
}

/** As wide as a date and what follows it. */
const INDENT = ' '.repeat(12);

export function dayOf(instant: number | string): string {
  return new Date(instant).toISOString().slice(0, 10);
}
