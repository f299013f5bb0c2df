import { TransportError, type Transport } from './transport';

/** Hears how a request to a bank ended: with a status, or why there was none. Never where it went. */
export type ObserveAnswer = (outcome: string, seconds: number) => void;

/** The transport, with somebody who counts. Of a document it is the time until its body begins. */
export function observed(transport: Transport, observe: ObserveAnswer | undefined): Transport {
  if (!observe) return transport;
  return {
    ...transport,
    fetch: (input, init) => timed(observe, () => transport.fetch(input, init)),
    open: (input, init, signal) => timed(observe, () => transport.open(input, init, signal)),
  };
}

async function timed(observe: ObserveAnswer, request: () => Promise<Response>): Promise<Response> {
  const startedAt = performance.now();
  const tell = (outcome: string) => {
    observe(outcome, (performance.now() - startedAt) / 1_000);
  };
  try {
    const response = await request();
    tell(String(response.status));
    return response;
  } catch (error) {
    tell(error instanceof TransportError ? error.reason : 'unknown');
    throw error;
  }
}
