/** FDX error entity. `code` is FDX's own and is not the HTTP status; `message` may be shown to a person. */
export class FdxFault extends Error {
  override readonly name = 'FdxFault';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly debugMessage?: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  get body(): { code: string; message: string; debugMessage?: string } {
    const { code, message, debugMessage } = this;
    return { code, message, ...(debugMessage === undefined ? {} : { debugMessage }) };
  }
}

export const invalidInput = (debugMessage: string): FdxFault => new FdxFault(400, '401', 'Invalid input', debugMessage);

export const invalidDates = (debugMessage: string): FdxFault =>
  new FdxFault(400, '702', 'Invalid start or end date', debugMessage);

export const invalidDateRange = (debugMessage: string): FdxFault =>
  new FdxFault(400, '703', 'Invalid date range', debugMessage);

export const notAuthenticated = (debugMessage: string, headers: Record<string, string>): FdxFault =>
  new FdxFault(401, '603', 'Authentication failed', debugMessage, headers);

/** The token is good, but the person did not share this kind of data, or the scope is missing. */
export const notAuthorized = (debugMessage: string): FdxFault =>
  new FdxFault(403, '602', 'Customer not authorized', debugMessage);

/** Also for somebody else's account, and for one the person did not choose: its existence is not ours to tell. */
export const accountNotFound = (): FdxFault => new FdxFault(404, '701', 'Account not found');

export const statementNotFound = (): FdxFault => new FdxFault(404, '1108', 'Statement not found');

export const noDataFound = (debugMessage: string): FdxFault =>
  new FdxFault(404, '1107', 'Data not found', debugMessage);

export const accountClosed = (): FdxFault => new FdxFault(409, '705', 'Account is closed');

export const conflict = (debugMessage: string): FdxFault =>
  new FdxFault(409, '409', 'Consent has already ended', debugMessage);

export const notAcceptable = (debugMessage: string): FdxFault =>
  new FdxFault(406, '1203', 'Unsupported media type', debugMessage);

export const noSuchEndpoint = (): FdxFault => new FdxFault(501, '1106', 'Capability not supported');

export const bankFailure = (): FdxFault => new FdxFault(500, '500', 'Internal server error');
