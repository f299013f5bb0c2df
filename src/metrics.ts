import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { InstitutionId } from './domain/ids';

/**
 * What a process counts, for Prometheus. Labels are route patterns, ids of institutions and codes: their number is bounded, and
 * none is about a person.
 */
export interface Metrics {
  /** @param route the pattern, such as `/v1/consents/:consentId`; undefined when there is none */
  readonly requestAnswered: (method: string, route: string | undefined, status: number, seconds: number) => void;
  /** @param outcome an HTTP status, or why there was none */
  readonly bankAnswered: (institutionId: InstitutionId, outcome: string, seconds: number) => void;
  /** @param outcome `done` or a failure code */
  readonly refreshEnded: (institutionId: InstitutionId, outcome: string) => void;
  readonly secretOpened: (purpose: string) => void;
  /** @param outcome `delivered`, or a failure word */
  readonly webhookAttempted: (outcome: string, seconds: number) => void;
  /** What waits to be sent, as the database says: the same for every worker. */
  readonly webhooksWaiting: (queue: WebhookQueue) => void;
  /** In Prometheus' text format. */
  readonly print: () => Promise<string>;
}

export interface WebhookQueue {
  readonly due: number;
  readonly oldestSeconds: number;
  readonly failingEndpoints: number;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];
/** Of ours and of banks: a database takes milliseconds, a bank up to its ten seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
/** A status, an error code of Node or a failure code of ours: anything else was never meant for a label. */
const OUTCOME = /^\w{1,50}$/;

export function createMetrics(service: 'api' | 'worker'): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'fdx_consent_http_request_seconds',
    help: 'Requests that were answered, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const bankRequests = new Histogram({
    name: 'fdx_consent_bank_request_seconds',
    help: 'Requests to banks, by institution and outcome: a status, or why there was none',
    labelNames: ['institution', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const refreshes = new Counter({
    name: 'fdx_consent_refreshes_total',
    help: 'Refreshes of tokens, by institution and outcome: done, or a failure code',
    labelNames: ['institution', 'outcome'],
    registers,
  });
  const openings = new Counter({
    name: 'fdx_consent_vault_openings_total',
    help: 'Sealed secrets that were opened and written down, by purpose',
    labelNames: ['purpose'],
    registers,
  });
  return {
    ...webhookMetrics(registers),
    requestAnswered(method, route = 'none', status, seconds) {
      requests.observe({ method: METHODS.includes(method) ? method : 'other', route, status }, seconds);
    },
    bankAnswered(institution, outcome, seconds) {
      bankRequests.observe({ institution, outcome: fit(outcome) }, seconds);
    },
    refreshEnded(institution, outcome) {
      refreshes.inc({ institution, outcome: fit(outcome) });
    },
    secretOpened(purpose) {
      openings.inc({ purpose });
    },
    print: () => registry.metrics(),
  };
}

function webhookMetrics(registers: Registry[]): Pick<Metrics, 'webhookAttempted' | 'webhooksWaiting'> {
  const attempts = new Histogram({
    name: 'fdx_consent_webhook_attempt_seconds',
    help: 'Attempts to deliver a webhook, by outcome: delivered, or why not',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const due = gauge('fdx_consent_webhooks_due', 'Deliveries that may be sent now and are not yet delivered');
  const oldest = gauge('fdx_consent_webhooks_oldest_seconds', 'How long the oldest of them has been due');
  const failing = gauge('fdx_consent_webhook_endpoints_failing', 'Enabled endpoints whose last attempt failed');
  return {
    webhookAttempted(outcome, seconds) {
      attempts.observe({ outcome: fit(outcome) }, seconds);
    },
    webhooksWaiting({ due: count, oldestSeconds, failingEndpoints }) {
      due.set(count);
      oldest.set(oldestSeconds);
      failing.set(failingEndpoints);
    },
  };
}

function fit(outcome: string): string {
  return OUTCOME.test(outcome) ? outcome : 'other';
}

export interface MetricsPlace {
  readonly host: string;
  /** 0: nowhere. */
  readonly port: number;
}

/** Answers `GET /metrics` on a port of its own, so that it can stay inside where the API is outside. */
export function serveMetrics(
  metrics: Metrics,
  { host, port }: MetricsPlace,
  onFault: (code: string | undefined) => void,
): Server | undefined {
  if (port === 0) return undefined;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.print().then(
      (text) => response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    onFault(error.code);
  });
  server.listen(port, host).unref();
  return server;
}
