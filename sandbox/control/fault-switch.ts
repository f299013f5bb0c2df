import type { Exchange } from '../exchange';
import { type CapturedAnswer, captureAnswer, sendAnswer } from './captured-answer';
import { endpointsOf } from './endpoints';
import { behaviourOf, type FaultContext } from './fault-behaviours';
import type { FaultRule, Rulebook } from './rulebook';

export interface FaultSwitchParts {
  rulebook: Rulebook;
  context: FaultContext;
  clientOf: (exchange: Exchange) => Promise<string | undefined>;
}

/** Stands between the listener and the bank. With no fault planted it costs one comparison. */
export class FaultSwitch {
  readonly #parts: FaultSwitchParts;

  constructor(parts: FaultSwitchParts) {
    this.#parts = parts;
  }

  async serve(exchange: Exchange, bank: (exchange: Exchange) => Promise<void>): Promise<void> {
    const { rulebook, clientOf } = this.#parts;
    const rules = rulebook.isEmpty ? [] : await rulebook.about(exchange, () => clientOf(exchange));
    if (rules.length === 0) {
      await bank(exchange);
      return;
    }
    const atAuthorize = endpointsOf(exchange.url.pathname).includes('authorize');
    const faults = rules.map((rule) => ({ rule, behaviour: behaviourOf(rule.fault, atAuthorize) }));

    for (const { rule, behaviour } of faults) {
      if (!behaviour.instead || !rulebook.strike(rule)) continue;
      if ((await behaviour.instead(rule.fault, exchange)) === 'handled') return;
    }
    const later = faults.filter(({ behaviour }) => behaviour.rewrite ?? behaviour.deliver);
    if (later.length === 0) {
      await bank(exchange);
      return;
    }
    const captured = captureAnswer(exchange.res);
    await bank(exchange);
    await this.#deliver(exchange, await captured, later);
  }

  async #deliver(
    exchange: Exchange,
    captured: CapturedAnswer,
    faults: { rule: FaultRule; behaviour: ReturnType<typeof behaviourOf> }[],
  ): Promise<void> {
    // The round trip that fetches a nonce did nothing yet: a fault about the answer waits for the real one.
    if (isNonceChallenge(captured)) {
      sendAnswer(exchange.res, captured);
      return;
    }
    const { rulebook, context } = this.#parts;
    let given = captured;
    for (const { rule, behaviour } of faults) {
      const rewritten = await behaviour.rewrite?.(rule.fault, given, context);
      if (rewritten && rulebook.strike(rule)) given = rewritten;
    }
    for (const { rule, behaviour } of faults) {
      if (!behaviour.deliver || !rulebook.strike(rule)) continue;
      await behaviour.deliver(rule.fault, given, exchange);
      return;
    }
    sendAnswer(exchange.res, given);
  }
}

/** RFC 9449 §8 and §9: in the body at the authorization server, in `www-authenticate` at the FDX API. */
const isNonceChallenge = ({ status, headers, body }: CapturedAnswer): boolean =>
  (status === 400 && body.includes('"use_dpop_nonce"')) ||
  (status === 401 && String(headers['www-authenticate']).includes('"use_dpop_nonce"'));
