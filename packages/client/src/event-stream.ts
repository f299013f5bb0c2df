import { createParser } from 'eventsource-parser';
import { FdxConsentConnectionError } from './errors';

/** What came on the line: a place to go on from, with the event that is there, if it is one. */
export interface StreamedMessage {
  readonly id: string | undefined;
  readonly data: string | undefined;
}

/** Nothing at all for so long, not even the comment that keeps a quiet line open, is a line that is dead. */
const SILENCE_MS = 60_000;
/** A line longer than that is none of the service's. */
const LONGEST_LINE = 1_000_000;

export interface Line {
  readonly body: ReadableStream<Uint8Array>;
  readonly onRetry: (milliseconds: number) => void;
}

/**
 * Reads server-sent events to the end of the line.
 *
 * @throws {FdxConsentConnectionError} when the line breaks or falls silent
 * @see WHATWG HTML §9.2: an id without data is no event, and is kept all the same
 */
export async function* readMessages({ body, onRetry }: Line): AsyncGenerator<StreamedMessage, void, undefined> {
  const heard: StreamedMessage[] = [];
  const parser = createParser({
    maxBufferSize: LONGEST_LINE,
    onRetry,
    onId: (id) => heard.push({ id, data: undefined }),
    onEvent: ({ id, data }) => heard.push({ id, data }),
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read());
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* heard.splice(0);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function withinSilence<Value>(reading: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new FdxConsentConnectionError('timeout', `nothing was heard for ${SILENCE_MS} ms`));
    }, SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silence]);
  } catch (error) {
    if (error instanceof FdxConsentConnectionError) throw error;
    throw new FdxConsentConnectionError('network', 'the line broke', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
