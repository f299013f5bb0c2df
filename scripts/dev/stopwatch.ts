import type { Tell } from '../setup/missing-part';

/** Tells when each part is up and how long it took, and keeps the figures. */
export class Stopwatch {
  readonly elapsedMs: Record<string, number> = {};
  private readonly begun = Date.now();

  constructor(private readonly tell: Tell) {}

  async measure<T>(part: string, work: () => Promise<T>): Promise<T> {
    const begun = Date.now();
    const result = await work();
    this.elapsedMs[part] = Date.now() - begun;
    this.tell(`${part} ready (${seconds(Date.now() - begun)})`);
    return result;
  }

  total(): void {
    this.elapsedMs['total'] = Date.now() - this.begun;
  }
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
