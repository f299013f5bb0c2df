export interface ControlRequest {
  /** What the pattern of the path captured. */
  id: string;
  query: URLSearchParams;
  body: unknown;
}

export type ControlAnswer = { status: number; body?: unknown };

export interface ControlRoute {
  method: string;
  path: RegExp;
  handle: (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;
}
