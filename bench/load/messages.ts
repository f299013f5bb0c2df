/** What one variant looks like from outside. Both have the same HTTP surface. */
export interface Target {
  apiUrl: string;
  apiKey: string;
  bankUrl: string;
  /** Of the bank's certificate, in PEM. */
  caPem: string;
  /** The application's page, where a finished flow ends. */
  returnUrl: string;
}

export interface LoadOrder {
  target: Target;
  flows: number;
  concurrency: number;
}

/** Milliseconds of each part of one flow, as whoever waits for it experiences them. */
export interface FlowTimes {
  /** The application asks → it has the launch URL. */
  requestToLaunchUrl: number;
  /** The person opens the launch URL → the page is there. */
  launchPage: number;
  /** The person presses Continue → the bank's URL, with the request pushed. */
  launchToBankUrl: number;
  /** All of the person's visits to the bank: not ours, the same in both variants. */
  atBank: number;
  /** The browser brings the callback → the application holds the receipt. */
  callbackToReceipt: number;
}

export interface Flow {
  consentId: string;
  times: FlowTimes;
}

export interface LoadReport {
  flows: Flow[];
  elapsedMs: number;
}

export type LoadAnswer = { kind: 'done'; report: LoadReport } | { kind: 'failed'; message: string };
