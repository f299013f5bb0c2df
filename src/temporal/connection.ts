import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from '../store/key-ring';
import { createPayloadCodec } from './payload-codec';

export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string | undefined;
  readonly tls: boolean;
  readonly payloadKeys: KeyRing;
}

/** The same on both sides: what the API writes, the worker must be able to read. */
export function dataConverterFor(payloadKeys: KeyRing): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(payloadKeys)],
    failureConverterPath: require.resolve('./failure-converter'),
  };
}

/** A client whose connection is opened at first use, so that the API starts while the server is still away. */
export function createTemporalClient(settings: TemporalSettings): Client {
  return new Client({
    connection: Connection.lazy({
      address: settings.address,
      tls: settings.tls,
      ...(settings.apiKey !== undefined && { apiKey: settings.apiKey }),
    }),
    namespace: settings.namespace,
    dataConverter: dataConverterFor(settings.payloadKeys),
  });
}
