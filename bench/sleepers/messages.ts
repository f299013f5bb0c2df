/** What a worker that carries sleepers is told before it starts. */
export interface WorkerOrder {
  temporalAddress: string;
  payloadKeys: string;
  /** The SDK's own default without it. */
  maxCachedWorkflows?: number;
}

/** What it says: that it polls, and which sizes its cache has; then how many consents it has put to sleep so far, now and then. */
export type WorkerReport =
  | { kind: 'running'; maxCachedWorkflows: number }
  | { kind: 'asleep'; consents: number }
  | { kind: 'reviewed'; consents: number };
