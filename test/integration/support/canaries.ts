import type { JWK } from 'jose';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { SealPurpose } from '../../../src/store/vault';
import { vaultWith } from '../../unit/support/vault';
import { query } from './database';

/** The strings that must be nowhere, each with what it is: the report names the kind and never the value. */
export class Canaries {
  readonly #kinds = new Map<string, string>();

  get size(): number {
    return this.#kinds.size;
  }

  get kinds(): Set<string> {
    return new Set(this.#kinds.values());
  }

  add(kind: string, value: unknown): void {
    // Anything shorter would be found by chance.
    if (typeof value === 'string' && value.length >= 8) this.#kinds.set(value, kind);
  }

  addKey(kind: string, { d, p, q, dp, dq, qi }: JWK): void {
    for (const member of [d, p, q, dp, dq, qi]) this.add(kind, member);
  }

  /** The kinds that occur in a text, as they are or encoded. */
  foundIn(text: string): string[] {
    const found: string[] = [];
    for (const [value, kind] of this.#kinds) {
      const bytes = Buffer.from(value);
      // Unpadded: padding depends on what follows.
      const forms = [
        value,
        bytes.toString('base64').replace(/=+$/, ''),
        bytes.toString('base64url'),
        bytes.toString('hex'),
      ];
      if (forms.some((form) => text.includes(form))) found.push(kind);
    }
    return found;
  }
}

interface Sealed {
  readonly table: string;
  readonly column: string;
  readonly purpose: SealPurpose;
  readonly keep: (canaries: Canaries, content: never) => void;
}

interface Secrets {
  codeVerifier: string;
  state: string;
  nonce: string;
  senderKey: JWK;
}

const SEALED: readonly Sealed[] = [
  {
    table: 'authorizations',
    column: 'secrets_jwe',
    purpose: 'authorization-secrets',
    keep: (canaries, { codeVerifier, state, nonce, senderKey }: Secrets) => {
      canaries.add('code verifier', codeVerifier);
      canaries.add('state', state);
      canaries.add('nonce', nonce);
      canaries.addKey('DPoP private key', senderKey);
    },
  },
  {
    table: 'authorizations',
    column: 'token_response_jwe',
    purpose: 'token-response',
    keep: keepTokensIn,
  },
  {
    table: 'grants',
    column: 'tokens_jwe',
    purpose: 'tokens',
    keep: (canaries, tokens: { accessToken: string; refreshToken?: string; senderKey: JWK }) => {
      canaries.add('access_token', tokens.accessToken);
      canaries.add('refresh_token', tokens.refreshToken);
      canaries.addKey('DPoP private key', tokens.senderKey);
    },
  },
  {
    table: 'grants',
    column: 'refresh_response_jwe',
    purpose: 'refresh-response',
    keep: keepTokensIn,
  },
  {
    table: 'grants',
    column: 'accounts_jwe',
    purpose: 'accounts',
    keep: (canaries, accounts: { accountNumberDisplay?: string; productName?: string }[]) => {
      for (const { accountNumberDisplay, productName } of accounts) {
        canaries.add('account number', accountNumberDisplay);
        canaries.add('product of an account', productName);
      }
    },
  },
  {
    table: 'invitations',
    column: 'launch_jwe',
    purpose: 'launch-token',
    keep: (canaries, token: string) => {
      canaries.add('launch token', token);
    },
  },
  {
    table: 'consents',
    column: 'person_jwe',
    purpose: 'person',
    keep: (canaries, reference: string) => {
      canaries.add('person reference', reference);
    },
  },
];

/** Not parsed: what a broken bank answered is kept as it came. */
function keepTokensIn(canaries: Canaries, raw: string): void {
  for (const [, name = '', token] of raw.matchAll(/"(access_token|refresh_token|id_token)"\s*:\s*"([^"]+)"/g)) {
    canaries.add(name, token);
  }
}

/** What names a row of a table, where it is not its id. */
const KEYS: Readonly<Record<string, string>> = { grants: 'authorization_id' };

/** Opens whatever is sealed in the database right now, as the product would, and remembers what it finds. */
export async function collectSealed(stack: StackDescription, canaries: Canaries): Promise<void> {
  const vault = vaultWith(stack.productEnvironment['VAULT_KEYS']);
  for (const { table, column, purpose, keep } of SEALED) {
    const owner = table === 'consents' ? 'consents.id' : `${table}.consent_id`;
    const rows = (await query(
      stack,
      `SELECT ${owner} AS owner, ${table}.${KEYS[table] ?? 'id'} AS row, ${table}.${column} AS sealed, wrapped_jwe AS wrapped FROM ${table}
       JOIN data_keys ON data_keys.consent_id = ${owner} WHERE ${table}.${column} IS NOT NULL`,
    )) as { owner: string; row: string; sealed: string; wrapped: string }[];
    for (const { owner: id, row, sealed, wrapped } of rows) {
      const dataKey = await vault.openDataKey(id, wrapped);
      keep(canaries, (await dataKey.open(purpose, row, sealed)) as never);
    }
  }
}

/** What belongs to the service and not to one consent: signing keys, the key behind pseudonyms, the environment's keys. */
export async function collectServiceSecrets(stack: StackDescription, canaries: Canaries): Promise<void> {
  const { productEnvironment } = stack;
  for (const name of ['VAULT_KEYS', 'PAYLOAD_KEYS']) canaries.add(name, productEnvironment[name]?.split(':')[1]);
  canaries.add('application key', stack.applicationKey);
  canaries.add('operator key', stack.operatorKey);

  const vault = vaultWith(productEnvironment['VAULT_KEYS']);
  const secrets = (await query(stack, 'SELECT name, secret_jwe FROM service_secrets')) as {
    name: string;
    secret_jwe: string;
  }[];
  const wrapped = secrets.find(({ name }) => name === 'data-key')?.secret_jwe ?? '';
  const dataKey = await vault.openDataKey('service', wrapped);
  for (const { name, secret_jwe: sealed } of secrets) {
    if (name !== 'data-key') canaries.add(name, await dataKey.open('service-secret', name, sealed));
  }
  const keys = (await query(stack, 'SELECT kid, private_jwe FROM signing_keys WHERE private_jwe IS NOT NULL')) as {
    kid: string;
    private_jwe: string;
  }[];
  for (const { kid, private_jwe: sealed } of keys) {
    canaries.addKey('signing key', (await dataKey.open('signing-key', kid, sealed)) as JWK);
  }
}
