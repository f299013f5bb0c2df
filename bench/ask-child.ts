import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * Sends an order to a process of ours and waits for its answer: one order at a time.
 *
 * @throws {Error} when the process ends instead
 */
export async function askChild(child: ChildProcess, order: object): Promise<unknown> {
  const done = new AbortController();
  const { signal } = done;
  const answered = once(child, 'message', { signal });
  const died = once(child, 'exit', { signal }).then(() => {
    throw new Error('a process of the benchmark died');
  });
  child.send(order);
  try {
    const [answer] = (await Promise.race([answered, died])) as [unknown];
    return answer;
  } finally {
    // Whoever waits in vain now is told so, and nobody listens.
    for (const each of [answered, died]) each.catch(() => undefined);
    done.abort();
  }
}
