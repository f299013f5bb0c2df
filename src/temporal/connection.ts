import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config';
import type { KeyRing } from '../store/key-ring';
import { createPayloadCodec } from './payload-codec';

/** Where Temporal is. */
export type TemporalAddress = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_API_KEY' | 'TEMPORAL_TLS'>;

/** The same, with the namespace and how what it stores is encrypted. */
export type TemporalSettings = TemporalAddress & Pick<Config, 'TEMPORAL_NAMESPACE' | 'PAYLOAD_KEYS'>;

/** The same on both sides: what the API writes, the worker must be able to read. */
export function dataConverterFor(payloadKeys: KeyRing): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(payloadKeys)],
    failureConverterPath: require.resolve('./failure-converter'),
  };
}

/** Opened at first use, so that the API starts while the server is still away. */
export function temporalConnection(settings: TemporalAddress): Connection {
  return Connection.lazy({
    address: settings.TEMPORAL_ADDRESS,
    tls: settings.TEMPORAL_TLS,
    ...(settings.TEMPORAL_API_KEY !== undefined && { apiKey: settings.TEMPORAL_API_KEY }),
  });
}

export function createTemporalClient(settings: TemporalSettings): Client {
  return new Client({
    connection: temporalConnection(settings),
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: dataConverterFor(settings.PAYLOAD_KEYS),
  });
}
