import { fork, type ChildProcess } from 'node:child_process';
import { compiled } from '../../../scripts/setup/repository';
import { askChild } from '../../ask-child';
import type { Arrival, PartyAnswer, PartyOrder } from './messages';

/** Receivers and readers, asked one thing after the other. */
export class Parties {
  private constructor(private readonly child: ChildProcess) {}

  static start(): Parties {
    return new Parties(fork(compiled('bench/webhooks/parties/main.js'), [], { execArgv: [] }));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** @returns where webhooks go */
  async receive(): Promise<string> {
    const answer = await this.ask({ kind: 'receive' });
    return answer.kind === 'receiving' ? answer.url : unexpected(answer);
  }

  /** One stream for each key. */
  async follow(apiUrl: string, keys: readonly string[]): Promise<void> {
    const answer = await this.ask({ kind: 'follow', apiUrl, keys });
    if (answer.kind !== 'following') unexpected(answer);
  }

  /** Since it was last asked. */
  async arrivals(): Promise<readonly Arrival[]> {
    const answer = await this.ask({ kind: 'arrivals' });
    return answer.kind === 'arrived' ? answer.arrivals : unexpected(answer);
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private async ask(order: PartyOrder): Promise<PartyAnswer> {
    const answer = (await askChild(this.child, order)) as PartyAnswer;
    if (answer.kind === 'failed') throw new Error(`a receiver or reader failed: ${answer.message}`);
    return answer;
  }
}

function unexpected({ kind }: PartyAnswer): never {
  throw new Error(`an answer that was not asked for: ${kind}`);
}
