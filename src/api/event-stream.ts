import type { Response } from 'express';
import { writeCursor, type EventCursor } from '../events/cursor';
import type { ReadEvent } from '../events/read-events';

/** How long a reader may take for what is on its way to it before it is cut off: it comes back and goes on where it was. */
const PATIENCE_MS = 30_000;
/** What a client waits before it comes back. Browsers wait some seconds by themselves, other clients not at all. */
const RETRY_MS = 2_000;

/** A reader that took nothing for too long. */
export class ReaderTooSlow extends Error {
  override readonly name = 'ReaderTooSlow';
}

/**
 * Writes server-sent events. The next ones are read only when the reader has taken those before, so a slow one costs no memory.
 *
 * @see WHATWG HTML §9.2 (Server-sent events)
 */
export class EventStream {
  constructor(
    private readonly response: Response,
    /** Tells that nobody reads any more. */
    private readonly signal: AbortSignal,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @param cursor where a reader goes on that is cut off before the first event */
  async open(cursor: EventCursor): Promise<void> {
    await this.write(`retry: ${RETRY_MS}\n${idOf(cursor)}\n\n`);
  }

  async send(events: readonly ReadEvent[]): Promise<void> {
    // JSON has no line breaks but escaped ones.
    const text = events.map(
      ({ envelope, cursor }) => `${idOf(cursor)}\nevent: ${envelope.type}\ndata: ${JSON.stringify(envelope)}\n\n`,
    );
    if (text.length > 0) await this.write(text.join(''));
  }

  /**
   * Shows proxies and the reader that the line is open. Without data it is no event, but its id is kept: a reader that comes back
   * after a quiet month goes on from here.
   */
  async beat(cursor: EventCursor): Promise<void> {
    await this.write(`: alive\n${idOf(cursor)}\n\n`);
  }

  /** @throws {ReaderTooSlow} */
  private write(text: string): Promise<void> {
    if (this.response.write(text)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(timer);
        this.response.off('drain', taken);
        this.signal.removeEventListener('abort', taken);
        outcome();
      };
      const taken = () => {
        settle(resolve);
      };
      const timer = setTimeout(() => {
        settle(() => {
          reject(new ReaderTooSlow());
        });
      }, this.patienceMs);
      this.response.once('drain', taken);
      this.signal.addEventListener('abort', taken);
      if (this.signal.aborted) taken();
    });
  }
}

function idOf(cursor: EventCursor): string {
  return `id: ${writeCursor(cursor)}`;
}
