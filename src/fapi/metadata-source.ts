import type { ServerMetadata } from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { DiscoveredServer } from './authorization-server';

/** An institution's metadata, read no more often than the bank asks for and kept no longer than is safe. */
export interface MetadataSource {
  /** As fresh as HTTP caching wants it: for the step that sends somebody to the bank. */
  fresh(): Promise<ServerMetadata>;
  /** What that step has used: an authorization ends at the server where it began (RFC 9700 §4.4.2). */
  known(): Promise<ServerMetadata>;
}

/** A bank whose metadata cannot be read may still work: what it said within the last day is believed meanwhile. */
const STALE_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Of the time it stays fresh, what passes before it is read again. */
const WARM_SHARE = 0.8;

export function createMetadataSource(discover: () => Promise<DiscoveredServer>): MetadataSource {
  let last: (DiscoveredServer & { readonly readAt: number }) | undefined;
  let reading: Promise<ServerMetadata> | undefined;
  let isWanted = false;

  async function read(): Promise<ServerMetadata> {
    try {
      const discovered = await discover();
      last = { ...discovered, readAt: Date.now() };
      keepWarm(discovered.freshForMs);
      return discovered.metadata;
    } catch (error) {
      const isAway = error instanceof ConsentFailure && error.kind === 'unavailable';
      if (isAway && last && Date.now() - last.readAt < STALE_LIMIT_MS) return last.metadata;
      // It answered, with something that must not be used: what it said before is not used either.
      if (!isAway) last = undefined;
      throw error;
    }
  }

  function readOnce(): Promise<ServerMetadata> {
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  }

  /** Reads again shortly before the metadata get old, as long as somebody goes on using them: nobody waits for it then. */
  function keepWarm(freshForMs: number): void {
    if (freshForMs === 0) return;
    isWanted = false;
    setTimeout(() => {
      if (isWanted) readOnce().catch(() => undefined);
    }, freshForMs * WARM_SHARE).unref();
  }

  return {
    async fresh() {
      isWanted = true;
      if (last && Date.now() - last.readAt < last.freshForMs) return last.metadata;
      return readOnce();
    },
    async known() {
      return last && Date.now() - last.readAt < STALE_LIMIT_MS ? last.metadata : readOnce();
    },
  };
}
