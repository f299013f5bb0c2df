import { createParser } from 'eventsource-parser';
import type { EventEnvelope } from '../../../src/events/envelope';

/** Reads a stream of events as a client does: what it had last is where it goes on. */
export class StreamReader {
  readonly seen: EventEnvelope[] = [];
  /** Comments: signs of life. */
  beats = 0;
  lastEventId: string | undefined;
  private readonly leaving = new AbortController();

  constructor(private readonly key: string) {}

  /** Opens the line; resolves with its status when it is open, and `ended` when it is over. */
  async open(
    url: string,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly ended: Promise<void> }> {
    const response = await fetch(url, {
      signal: this.leaving.signal,
      headers: {
        authorization: `Bearer ${this.key}`,
        accept: 'text/event-stream',
        ...(this.lastEventId !== undefined && { 'last-event-id': this.lastEventId }),
      },
    });
    return { status: response.status, headers: response.headers, ended: this.read(response) };
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read({ body }: Response): Promise<void> {
    const parser = createParser({
      onComment: () => (this.beats += 1),
      onEvent: ({ id, event, data }) => {
        const envelope = JSON.parse(data) as EventEnvelope;
        if (envelope.type !== event) throw new Error(`told as ${String(event)}: ${data}`);
        this.lastEventId = id;
        this.seen.push(envelope);
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    } catch {
      // Broken off: as with a process that died.
    }
  }
}
