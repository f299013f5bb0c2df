import { randomUUID } from 'node:crypto';
import type { Exchange } from '../exchange';
import { endpointsOf } from './endpoints';
import type { FaultRuleRequest } from './fault';

export type FaultRule = FaultRuleRequest & { id: string; struck: number };

/** The faults that are planted now, oldest first. */
export class Rulebook {
  readonly #rules = new Map<string, FaultRule>();

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** A rule with the id of an earlier one takes its place. */
  add(request: FaultRuleRequest): FaultRule {
    const rule: FaultRule = { ...request, id: request.id ?? randomUUID(), struck: 0 };
    this.#rules.set(rule.id, rule);
    return rule;
  }

  list(): FaultRule[] {
    return [...this.#rules.values()];
  }

  delete(id: string): boolean {
    return this.#rules.delete(id);
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The rules about this request. `identify` is only asked when a rule cares who is calling. */
  async about(exchange: Exchange, identify: () => Promise<string | undefined>): Promise<FaultRule[]> {
    const endpoints = endpointsOf(exchange.url.pathname);
    const candidates = this.list().filter((rule) => endpoints.includes(rule.endpoint));
    if (candidates.every((rule) => rule.clientId === undefined)) return candidates;
    const client = await identify();
    return candidates.filter((rule) => rule.clientId === undefined || rule.clientId === client);
  }

  /** Uses the rule once. `false`: another request used it up in the meantime. */
  strike(rule: FaultRule): boolean {
    if (this.#rules.get(rule.id) !== rule) return false;
    rule.struck += 1;
    if (rule.times !== undefined && rule.struck >= rule.times) this.#rules.delete(rule.id);
    return true;
  }
}
