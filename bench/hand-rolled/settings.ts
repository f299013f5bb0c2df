/** Everything the hand-rolled variant is told from outside, by environment variable. */
export interface Settings {
  port: number;
  /** Where the person's browser and the bank reach it. */
  publicUrl: string;
  issuer: string;
  fdxBaseUrl: string;
  clientId: string;
  caFile: string;
  /** What applications authenticate with. */
  apiKey: string;
  /** Where the person goes in the end. */
  returnUrl: string;
}

export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    port: Number(read('PORT')),
    publicUrl: read('PUBLIC_URL'),
    issuer: read('ISSUER'),
    fdxBaseUrl: read('FDX_BASE_URL'),
    clientId: read('CLIENT_ID'),
    caFile: read('CA_FILE'),
    apiKey: read('API_KEY'),
    returnUrl: read('RETURN_URL'),
  };
}
