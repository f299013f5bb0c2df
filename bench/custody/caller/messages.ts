import type { JWK } from 'jose';

/** One consent's data, by both ways. */
export interface DataTarget {
  consentId: string;
  /** Path below `/v1/consents/{id}` and below the bank's FDX address alike. */
  path: string;
  accessToken: string;
  senderKey: JWK;
}

export interface CallOrder {
  way: 'direct' | 'through';
  calls: number;
  concurrency: number;
  apiUrl: string;
  apiKey: string;
  issuer: string;
  fdxBaseUrl: string;
  clientId: string;
  /** Of the bank's certificate, in PEM. */
  caPem: string;
  targets: DataTarget[];
}

export interface CallReport {
  /** Milliseconds of each call. */
  times: number[];
  elapsedMs: number;
}

export type CallAnswer = { kind: 'done'; report: CallReport } | { kind: 'failed'; message: string };
