import { Client, Connection, ScheduleClient } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config';
import type { KeyRing } from '../store/key-ring';
import { createPayloadCodec, createUnboundPayloadCodec } from './payload-codec';

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

/** Speaks about schedules over the same connection, and binds what it writes to no workflow: they are not there yet. */
export function scheduleClientOf(client: Client, payloadKeys: KeyRing): ScheduleClient {
  const { connection } = client;
  return new ScheduleClient({
    connection,
    namespace: client.options.namespace,
    dataConverter: { ...dataConverterFor(payloadKeys), payloadCodecs: [createUnboundPayloadCodec(payloadKeys)] },
  });
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
