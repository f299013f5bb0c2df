import type { Exchange } from '../exchange';
import { type CapturedAnswer, captureAnswer, sendAnswer } from './captured-answer';
import { endpointsOf } from './endpoints';
import { behaviourOf, type FaultContext } from './fault-behaviours';
import type { FaultRule, Inquiry, Rulebook } from './rulebook';

export interface FaultSwitchParts {
  rulebook: Rulebook;
  context: FaultContext;
  inquiry: Inquiry;
}

interface PlantedFault {
  rule: FaultRule;
  behaviour: ReturnType<typeof behaviourOf>;
}

type Strike = (rule: FaultRule) => boolean;

/** Stands between the listener and the bank. With no fault planted it costs one comparison. */
export class FaultSwitch {
  readonly #parts: FaultSwitchParts;

  constructor(parts: FaultSwitchParts) {
    this.#parts = parts;
  }

  async serve(exchange: Exchange, bank: (exchange: Exchange) => Promise<void>): Promise<void> {
    const { rulebook, context, inquiry } = this.#parts;
    const rules = rulebook.isEmpty ? [] : await rulebook.about(exchange, inquiry);
    if (rules.length === 0) {
      await bank(exchange);
      return;
    }
    const atAuthorize = endpointsOf(exchange.url.pathname).includes('authorize');
    const faults = rules
      .map((rule) => ({ rule, behaviour: behaviourOf(rule.fault, atAuthorize) }))
      .filter(({ behaviour }) => behaviour.about?.(exchange) ?? true);
    const strike = strikesOnce(rulebook);

    for (const { rule, behaviour } of faults) {
      if (!behaviour.instead || !strike(rule)) continue;
      if ((await behaviour.instead(rule.fault, exchange, context)) === 'handled') return;
    }
    const later = faults.filter(({ behaviour }) => behaviour.rewrite ?? behaviour.deliver);
    if (later.length === 0) {
      await bank(exchange);
      return;
    }
    const captured = captureAnswer(exchange.res);
    await bank(exchange);
    await this.#deliver(exchange, await captured, later, strike);
  }

  async #deliver(exchange: Exchange, captured: CapturedAnswer, faults: PlantedFault[], strike: Strike): Promise<void> {
    // The round trip that fetches a nonce did nothing yet: a fault about the answer waits for the real one.
    const isChallenge = isNonceChallenge(captured);
    const about = faults.filter(({ behaviour }) => !isChallenge || behaviour.challengesToo);
    let given = captured;
    for (const { rule, behaviour } of about) {
      const rewritten = await behaviour.rewrite?.(rule.fault, given, this.#parts.context, exchange);
      if (rewritten && strike(rule)) given = rewritten;
    }
    for (const { rule, behaviour } of about) {
      if (!behaviour.deliver || !strike(rule)) continue;
      await behaviour.deliver(rule.fault, given, exchange);
      return;
    }
    sendAnswer(exchange.res, given);
  }
}

/** A fault that strikes one request at two of its moments has struck once. */
function strikesOnce(rulebook: Rulebook): Strike {
  const struck = new Set<FaultRule>();
  return (rule) => {
    if (struck.has(rule)) return true;
    if (!rulebook.strike(rule)) return false;
    struck.add(rule);
    return true;
  };
}

/** RFC 9449 §8 and §9: in the body at the authorization server, in `www-authenticate` at the FDX API. */
const isNonceChallenge = ({ status, headers, body }: CapturedAnswer): boolean =>
  (status === 400 && body.includes('"use_dpop_nonce"')) ||
  (status === 401 && String(headers['www-authenticate']).includes('"use_dpop_nonce"'));
