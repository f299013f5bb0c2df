import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { productCommand } from '../../../scripts/dev/registration';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { RegistrationView } from '../../../src/institutions/registration-view';
import { PageShell, type RanBlock } from './page-shell';
import type { RegistrationResult } from '../../../src/workflows/registration-contract';

/** A registration file for a new institution that stands for the sandbox bank; `changes` replace whole fields. */
export function registrationFileFor(stack: StackDescription, changes: object = {}, metadata: object = {}) {
  return {
    id: `registered-${randomUUID().slice(0, 8)}`,
    name: 'Sandbox Bank (registered)',
    issuer: stack.urls.bank,
    clientAuthentication: { method: 'private_key_jwt', algorithm: 'PS256' },
    senderConstraint: { method: 'dpop', algorithm: 'ES256' },
    openid: true,
    idTokenSignedResponseAlg: 'PS256',
    fdx: { baseUrl: `${stack.urls.bank}/fdx/v6` },
    caFile: stack.caFile,
    registration: {
      dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS', 'CUSTOMER_CONTACT'],
      metadata: {
        client_name: 'Budget Bee',
        description: 'See all your accounts in one budget',
        duration_type: ['TIME_BOUND'],
        duration_period: 365,
        lookback_period: 90,
        contacts: ['operator@budget-bee.example'],
        registry_references: [
          { registered_entity_name: 'Budget Bee', registered_entity_id: '4711', registry: 'PRIVATE' },
        ],
        ...metadata,
      },
    },
    ...changes,
  };
}

/** The product's command, as an operator uses it. */
export class RegistrationDesk {
  constructor(readonly stack: StackDescription) {}

  register(file: object, ...more: string[]): Promise<RegistrationResult> {
    return this.#withFile(file, (name) => this.#json(['register', name, ...more]));
  }

  update(id: string, file?: object): Promise<RegistrationResult> {
    if (!file) return this.#json(['registration', 'update', id]);
    return this.#withFile(file, (name) => this.#json(['registration', 'update', id, name]));
  }

  delete(id: string, ...more: string[]): Promise<RegistrationResult> {
    return this.#json(['registration', 'delete', id, ...more]);
  }

  async show(id: string): Promise<RegistrationView> {
    return JSON.parse(await this.#run(['registration', 'show', id, '--json'])) as RegistrationView;
  }

  /** Commands as a person types them, in a folder with this file. */
  async typed(commands: string, file: object): Promise<RanBlock> {
    const shell = await PageShell.open(this.stack.productEnvironment, '');
    try {
      await writeFile(path.join(shell.directory, 'bank.json'), JSON.stringify(file));
      return await shell.run(commands);
    } finally {
      await shell.close();
    }
  }

  /** An operation that failed ends with exit code 1, its result on standard output all the same. */
  async #json(args: string[]): Promise<RegistrationResult> {
    const printed = await this.#run([...args, '--json']).catch((error: unknown) => {
      const json = /\{.*\}/s.exec(error instanceof Error ? error.message : '')?.[0];
      // What it refused to begin has no outcome: that is told on standard error, as JSON too.
      if (json === undefined || !json.includes('"outcome"')) throw error;
      return json;
    });
    return JSON.parse(printed) as RegistrationResult;
  }

  #run(args: string[]): Promise<string> {
    return productCommand(['institutions', ...args], this.stack.productEnvironment);
  }

  async #withFile<Result>(content: object, work: (name: string) => Promise<Result>): Promise<Result> {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-registration-'));
    const file = path.join(directory, 'bank.json');
    try {
      await writeFile(file, JSON.stringify(content));
      return await work(file);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
}
