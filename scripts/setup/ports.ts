import getPort, { portNumbers } from 'get-port';
import { tellNobody, type Tell } from './missing-part';

// Below every system's ephemeral range, so that no outgoing connection takes the port between choosing and binding it.
const RANDOM_FROM = 20_000;
const RANDOM_TO = 29_999;
const RANDOM_WINDOW = 500;

/** The preferred port when it is free, else a free one, and then says so: a taken port is never an error. */
export async function choosePort(preferred: number, purpose: string, tell: Tell = tellNobody): Promise<number> {
  // The neighbours first: 3001 is easier to remember than a random number.
  const port = await getPort({ port: portNumbers(preferred, preferred + 20) });
  if (port !== preferred) tell(`port ${preferred} is taken, ${purpose} uses ${port}`);
  return port;
}

/** A free port that nobody else is likely to be choosing at this moment. */
export async function chooseRandomPort(): Promise<number> {
  const start = RANDOM_FROM + Math.floor(Math.random() * (RANDOM_TO - RANDOM_FROM - RANDOM_WINDOW));
  return await getPort({ port: portNumbers(start, start + RANDOM_WINDOW), reserve: true });
}
