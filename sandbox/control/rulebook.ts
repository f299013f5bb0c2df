import { randomUUID } from 'node:crypto';
import type { Exchange } from '../exchange';
import type { Authorization } from './authorization-of';
import { endpointsOf } from './endpoints';
import type { FaultRuleRequest } from './fault';

/** Finds out about a request what a rule may be narrowed by. */
export interface Inquiry {
  clientOf: (exchange: Exchange) => Promise<string | undefined>;
  authorizationOf: (exchange: Exchange) => Promise<Authorization>;
}

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

  /** The rules about this request. Who is calling, and about what, is only asked when a rule cares. */
  async about(exchange: Exchange, ask: Inquiry): Promise<FaultRule[]> {
    const endpoints = endpointsOf(exchange.url.pathname);
    const candidates = this.list().filter((rule) => endpoints.includes(rule.endpoint));
    const client = candidates.some((rule) => rule.clientId !== undefined) ? await ask.clientOf(exchange) : undefined;
    const authorization = candidates.some((rule) => rule.authorization) ? await ask.authorizationOf(exchange) : {};
    return candidates.filter(
      (rule) =>
        (rule.clientId === undefined || rule.clientId === client) &&
        Object.entries(rule.authorization ?? {}).every(
          ([name, value]) => authorization[name as keyof Authorization] === value,
        ),
    );
  }

  /** Uses the rule once. `false`: another request used it up in the meantime. */
  strike(rule: FaultRule): boolean {
    if (this.#rules.get(rule.id) !== rule) return false;
    rule.struck += 1;
    if (rule.times !== undefined && rule.struck >= rule.times) this.#rules.delete(rule.id);
    return true;
  }
}
