import { ConsentFailure } from '../domain/failures';
import { failureOf } from './failures';
import { transportErrorOf } from './transport';

export interface DocumentBounds {
  readonly maxBytes: number;
  /** For the whole document, however fast its reader is. */
  readonly withinMs: number;
}

/** A year of statements with images of checks has some ten megabytes. */
export const DOCUMENT_BOUNDS: DocumentBounds = { maxBytes: 100 * 1024 * 1024, withinMs: 300_000 };

/**
 * An answer whose body goes through our hands piece by piece, as fast as its reader takes it. Whoever cancels it ends the bank's
 * side too. A body that is not whole ends with an error and never like one that is.
 *
 * @throws {ConsentFailure} fdx_response_invalid when the bank says beforehand that it is too large. Reading throws the same, or
 *   fdx_unreachable when the bank breaks off or falls silent.
 */
export function streamedAnswer(response: Response, bounds: DocumentBounds): Response {
  if (!response.ok || !response.body) return response;
  if (Number(response.headers.get('content-length')) > bounds.maxBytes) {
    response.body.cancel().catch(ignore);
    throw tooLarge(bounds);
  }
  const { status, headers } = response;
  return new Response(bounded(response.body, bounds), { status, headers });
}

function bounded(body: ReadableStream<Uint8Array>, bounds: DocumentBounds): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let deadline: NodeJS.Timeout;
  let isOver = false;

  function conclude(): void {
    isOver = true;
    clearTimeout(deadline);
  }

  function breakOff(controller: ReadableStreamDefaultController, failure: ConsentFailure): void {
    if (isOver) return;
    conclude();
    controller.error(failure);
    reader.cancel().catch(ignore);
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        deadline = setTimeout(() => {
          breakOff(controller, new ConsentFailure('fdx_unreachable', 'the document took too long.'));
        }, bounds.withinMs);
        // A reader that forgot about it must not keep the process alive.
        deadline.unref();
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (isOver) return;
          bytes += value?.byteLength ?? 0;
          if (bytes > bounds.maxBytes) breakOff(controller, tooLarge(bounds));
          else if (value) controller.enqueue(value);
          if (!done) return;
          conclude();
          controller.close();
        } catch (error) {
          breakOff(controller, failureOf(transportErrorOf(error), 'resource'));
        }
      },
      async cancel() {
        conclude();
        await reader.cancel();
      },
    },
    // Nothing is fetched ahead: what the reader does not take stays at the bank.
    { highWaterMark: 0 },
  );
}

function tooLarge({ maxBytes }: DocumentBounds): ConsentFailure {
  return new ConsentFailure('fdx_response_invalid', `the document is larger than ${maxBytes} bytes.`);
}

const ignore = () => undefined;
