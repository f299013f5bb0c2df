import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureCertificates, type Certificates } from '../setup/certificates';
import { tellNobody } from '../setup/missing-part';
import { endLeftovers } from '../setup/run-file';
import { bankClientsAt, institutionsAt } from './institutions';
import { ensureSecrets, type Secrets } from './secrets';
import { forgetRegistrations } from './registration';
import type { StackOptions } from './stack-options';
import { chooseStackPorts, type StackPorts } from './stack-ports';

/** Where a stack lives and what lies there before its first process starts. */
export interface Site {
  dataDir: string;
  runDirectory: string;
  logDirectory: string;
  ports: StackPorts;
  publicUrl: string;
  bankUrl: string;
  bankMtlsUrl: string;
  temporalAddress: string;
  /** Its origin as a browser sees it; absent without a UI. */
  temporalUiUrl: string | undefined;
  certificates: Certificates;
  secrets: Secrets;
  /** The banks that the product knows. */
  institutionsFile: string;
  /** The clients that the bank knows. */
  clientsFile: string;
}

export async function prepareSite(options: StackOptions): Promise<Site> {
  const { dataDir, onProgress: tell = tellNobody, ui = true, workers = 1, apis = 1 } = options;
  const [runDirectory, logDirectory] = [path.join(dataDir, 'run'), path.join(dataDir, 'logs')];
  // Before choosing ports: leftovers hold the preferred ones.
  await endLeftovers(runDirectory, tell);
  if (options.fresh)
    await Promise.all([forgetRegistrations(dataDir), rm(logDirectory, { recursive: true, force: true })]);
  await mkdir(logDirectory, { recursive: true });
  const [ports, certificates, secrets] = await Promise.all([
    chooseStackPorts({ ports: options.ports, apis, workers, tell }),
    ensureCertificates(path.join(dataDir, 'tls')),
    ensureSecrets(dataDir),
  ]);
  const publicUrl = `http://localhost:${ports.publicApi}`;
  const bankUrl = `https://localhost:${ports.bank}`;
  const bankMtlsUrl = `https://localhost:${ports.bankMtls}`;
  const place = { bankUrl, bankMtlsUrl, publicUrl, certificates };
  return {
    dataDir,
    runDirectory,
    logDirectory,
    ports,
    publicUrl,
    bankUrl,
    bankMtlsUrl,
    temporalAddress: `127.0.0.1:${ports.temporal}`,
    temporalUiUrl: ui ? `http://localhost:${ports.temporalUi}` : undefined,
    certificates,
    secrets,
    institutionsFile: await writeRegister(dataDir, 'institutions.json', institutionsAt(place)),
    clientsFile: await writeRegister(dataDir, 'bank-clients.json', bankClientsAt(place)),
  };
}

async function writeRegister(dataDir: string, name: string, entries: object[]): Promise<string> {
  const file = path.join(dataDir, name);
  await writeFile(file, `${JSON.stringify(entries, null, 2)}\n`);
  return file;
}
