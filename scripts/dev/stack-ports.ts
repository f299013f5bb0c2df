import { choosePort, chooseRandomPort } from '../setup/ports';
import type { Tell } from '../setup/missing-part';

export interface StackPorts {
  /** The first API's, which the person's browser and the bank know. */
  publicApi: number;
  apis: number[];
  workers: number[];
  temporal: number;
  temporalUi: number;
  codecRelay: number;
  bank: number;
  bankControl: number;
  bankMtls: number;
  postgres: number;
}

export interface PortWishes {
  ports: 'preferred' | 'random';
  apis: number;
  workers: number;
  tell: Tell;
}

/** All ports at once, so that no two parts choose the same one. */
export async function chooseStackPorts({ ports, apis, workers, tell }: PortWishes): Promise<StackPorts> {
  const choose = (preferred: number, purpose: string): Promise<number> =>
    ports === 'preferred' ? choosePort(preferred, purpose, tell) : chooseRandomPort();
  const chooseMany = async (count: number, preferred: number, purpose: string): Promise<number[]> => {
    const chosen: number[] = [];
    while (chosen.length < count) chosen.push(await choose(preferred + chosen.length, purpose));
    return chosen;
  };
  const publicApi = await choose(3000, 'the API');
  return {
    publicApi,
    apis: [publicApi, ...(await chooseMany(apis - 1, 3001, 'another API'))],
    workers: await chooseMany(workers, 3100, "the worker's health"),
    temporal: await choose(7233, 'Temporal'),
    temporalUi: await choose(8233, 'the Temporal UI'),
    codecRelay: await choose(8234, 'the codec relay'),
    bank: await choose(9443, 'the sandbox bank'),
    bankControl: await choose(9444, "the sandbox bank's fault switch"),
    bankMtls: await choose(9445, "the sandbox bank's door for mutual TLS"),
    // Not 5432: on a developer's machine that is usually the system's own.
    postgres: await choose(5433, 'PostgreSQL'),
  };
}
