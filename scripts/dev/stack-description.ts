/** What one needs to know to use a running stack. Plain data: jest hands it from the process that started it to the tests. */
export interface StackDescription {
  urls: {
    /** The first API, which is also the public address. */
    api: string;
    /** All of them, where several were asked for. */
    apis: string[];
    bank: string;
    /** The bank's door for mutual TLS. */
    bankMtls: string;
    /** The bank's fault switch. */
    bankControl: string;
    /** Absent without a UI. */
    temporalUi?: string;
    /** Readiness of each worker. */
    workers: string[];
  };
  temporalAddress: string;
  temporalNamespace: string;
  databaseUrl: string;
  bankDatabaseUrl: string;
  applicationId: string;
  applicationKey: string;
  operatorKey: string;
  caFile: string;
  caPem: string;
  /** One file for each process. */
  logDirectory: string;
  /** The environment that the product's processes share: secrets, addresses, institutions. */
  productEnvironment: Record<string, string>;
}

/** The Temporal UI's page of one workflow. */
export function workflowPage({ urls, temporalNamespace }: StackDescription, workflowId: string): string | undefined {
  return (
    urls.temporalUi && `${urls.temporalUi}/namespaces/${temporalNamespace}/workflows/${encodeURIComponent(workflowId)}`
  );
}
