import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config';
import type { KeyRing } from '../store/key-ring';
import { createPayloadCodec } from './payload-codec';

/** Where Temporal is, and how what it stores is encrypted. */
export type TemporalSettings = Pick<
  Config,
  'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'TEMPORAL_API_KEY' | 'TEMPORAL_TLS' | 'PAYLOAD_KEYS'
>;

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
      address: settings.TEMPORAL_ADDRESS,
      tls: settings.TEMPORAL_TLS,
      ...(settings.TEMPORAL_API_KEY !== undefined && { apiKey: settings.TEMPORAL_API_KEY }),
    }),
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: dataConverterFor(settings.PAYLOAD_KEYS),
  });
}
