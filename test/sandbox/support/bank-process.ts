import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import type { BankBehaviour } from '../../../sandbox/behaviour';
import type { FaultRuleRequest } from '../../../sandbox/control/fault';
import type { Endpoint } from '../../../sandbox/control/endpoints';
import type { JournalEntry } from '../../../sandbox/control/journal';
import { type Certificates, ensureCertificates } from '../../../scripts/setup/certificates';
import { chooseRandomPort } from '../../../scripts/setup/ports';

/** The compiled bank; SANDBOX_DIST points at another build than the usual one. */
export const BANK_MAIN = path.join(
  process.env['SANDBOX_DIST'] ?? path.resolve(__dirname, '../../../dist'),
  'sandbox/main.js',
);

const READY_WITHIN_MILLISECONDS = 30_000;

export interface BankOptions {
  /** Some are known by certificates that are made along with the bank. */
  clients: object[] | ((certificates: Certificates) => object[]);
  env?: Record<string, string>;
}

/** The bank as it is used: compiled, a process of its own, over TLS. */
export class BankProcess {
  output = '';
  #child: ChildProcess | undefined;

  private constructor(
    readonly issuer: string,
    /** The door for mutual TLS. */
    readonly mtlsUrl: string,
    readonly controlUrl: string,
    readonly certificates: Certificates,
    readonly directory: string,
    readonly env: Record<string, string>,
    readonly dispatcher: Agent,
  ) {}

  static async start({ clients, env = {} }: BankOptions): Promise<BankProcess> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-bank-'));
    const certificates = await ensureCertificates(directory);
    const [port, controlPort] = [await chooseRandomPort(), await chooseRandomPort()];
    const mtlsPort = await chooseRandomPort();
    const clientsFile = path.join(directory, 'clients.json');
    writeFileSync(clientsFile, JSON.stringify(typeof clients === 'function' ? clients(certificates) : clients));
    const bank = new BankProcess(
      `https://localhost:${port}`,
      `https://localhost:${mtlsPort}`,
      `http://127.0.0.1:${controlPort}`,
      certificates,
      directory,
      {
        SANDBOX_PORT: String(port),
        SANDBOX_CONTROL_PORT: String(controlPort),
        SANDBOX_MTLS_PORT: String(mtlsPort),
        SANDBOX_CLIENT_CA_FILE: certificates.caFile,
        SANDBOX_TLS_CERT_FILE: certificates.serverCertificateFile,
        SANDBOX_TLS_KEY_FILE: certificates.serverKeyFile,
        SANDBOX_CLIENTS_FILE: clientsFile,
        ...env,
      },
      new Agent({ connect: { ca: certificates.caPem } }),
    );
    await bank.launch();
    return bank;
  }

  async launch(): Promise<void> {
    this.#child = spawn(process.execPath, [BANK_MAIN], { env: { PATH: process.env['PATH'], ...this.env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
    while (!(await this.#isReady())) {
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`the bank is not up: ${this.output}`);
      await sleep(25);
    }
  }

  /** Ends the process as an operator would; resolves to its exit code. */
  async terminate(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }

  async stop(): Promise<void> {
    await this.terminate();
    await this.dispatcher.destroy();
    await rm(this.directory, { recursive: true, force: true });
  }

  async plant(rule: FaultRuleRequest): Promise<void> {
    const { status, body } = await this.control('POST', '/faults', rule);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  /** Switches lasting traits; the others stay as they are. */
  async behave(change: Partial<BankBehaviour>): Promise<void> {
    const { status, body } = await this.control('PUT', '/behaviour', change);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  async requests(endpoint?: Endpoint): Promise<{ counts: Record<string, number>; requests: JournalEntry[] }> {
    const { body } = await this.control('GET', endpoint ? `/requests?endpoint=${endpoint}` : '/requests');
    return body as { counts: Record<string, number>; requests: JournalEntry[] };
  }

  async control(method: string, target: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.controlUrl}${target}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async #isReady(): Promise<boolean> {
    try {
      const { ok, body } = await fetch(`${this.issuer}/healthz`, { dispatcher: this.dispatcher });
      await body?.cancel();
      return ok;
    } catch {
      return false;
    }
  }
}
