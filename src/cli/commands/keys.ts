import { z } from 'zod';
import { SIGNATURE_ALGORITHMS } from '../../domain/institution';
import { isEmergency, SIGNING_KEY_PURPOSES, stateOfKey } from '../../domain/signing-key';
import { ALGORITHMS_OF } from '../../signing/key-materials';
import { rotateSigningKeys, type Rotated } from '../../signing/rotation';
import { keyServicesAt } from '../../signing/socket-key-service';
import type { Database } from '../../store/database';
import { listSigningKeys, LOCAL_PROVIDER, type SigningKey } from '../../store/signing-keys';
import { UsageError } from '../command-errors';
import { vaultOf, withDatabase, type Command, type CommandResult, type Settings } from '../command';
import { parseDuration } from '../duration';
import { table } from '../table';

/** What signs for us, and how it is replaced: docs/keys.md. */
export const KEY_COMMANDS: readonly Command[] = [
  {
    words: ['keys', 'list'],
    examples: ['', '--json'],
    synopsis: '',
    summary: 'our signing keys and what each is doing now',
    changes: false,
    run: (_values, _positionals, settings) => withDatabase(settings, listKeys),
  },
  {
    words: ['keys', 'rotate'],
    examples: ['', '--purpose receipt', '--lead 0s --overlap 0s'],
    synopsis:
      '[--purpose client|receipt] [--algorithm PS256|ES256|EdDSA] [--lead 24h] [--overlap 24h] [--provider NAME] [--force]',
    summary: 'publish new signing keys, sign with them later, withdraw the old ones after that',
    options: {
      purpose: { type: 'string', choices: SIGNING_KEY_PURPOSES, about: 'what the keys are for', fallback: 'client' },
      algorithm: { type: 'string', choices: SIGNATURE_ALGORITHMS, about: 'only this one', fallback: 'all of them' },
      lead: {
        type: 'string',
        value: '24h',
        about: 'how long the new key is published before it signs',
        fallback: '24h',
      },
      overlap: {
        type: 'string',
        value: '24h',
        about: 'how long the old key stays published after that',
        fallback: '24h',
      },
      provider: { type: 'string', value: 'NAME', about: 'who keeps the private half', fallback: 'local' },
      force: { type: 'boolean', about: 'also when something stands against it' },
    },
    changes: true,
    run: (values, _positionals, settings) =>
      withDatabase(settings, (database) => rotateKeys(database, settings, values)),
  },
];

async function listKeys(database: Database): Promise<CommandResult> {
  const now = Date.now();
  const keys = await listSigningKeys(database);
  const told = keys.map((key) => {
    const alike = keys.filter(({ purpose, algorithm }) => purpose === key.purpose && algorithm === key.algorithm);
    return { key, state: stateOfKey(key, alike, now) };
  });
  const rows = told.map(({ key, state }) => [
    ...[key.kid, key.purpose, key.algorithm, key.provider, state],
    whenOf(key, state),
  ]);
  const value = told.map(({ key: { kid, purpose, algorithm, provider, ...key }, state }) => ({
    ...{ kid, purpose, algorithm, provider, state },
    createdAt: instant(key.createdAt),
    activatesAt: instant(key.activatesAt),
    withdrawsAt: key.withdrawsAt === null ? null : instant(key.withdrawsAt),
  }));
  const headings = ['kid', 'purpose', 'algorithm', 'provider', 'state', 'since / until'];
  return { text: keys.length === 0 ? 'none' : table(headings, rows), value };
}

function whenOf({ purpose, activatesAt, withdrawsAt }: SigningKey, state: ReturnType<typeof stateOfKey>): string {
  const until = withdrawsAt === null ? 'published for good' : `published until ${instant(withdrawsAt)}`;
  switch (state) {
    case 'next':
      return `signs from ${instant(activatesAt)}`;
    case 'current':
      return `signs since ${instant(activatesAt)}${withdrawsAt === null ? '' : `, ${until}`}`;
    case 'retiring':
      return until;
    case 'withdrawn':
      // Only a receipt key that was dropped before it ever signed.
      return `since ${instant(withdrawsAt ?? 0)}${purpose === 'receipt' ? ', published for good' : ''}`;
  }
}

const duration = (name: string) =>
  z.string().transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: `${name} takes a duration such as 90s, 15m, 24h or 7d` });
    return z.NEVER;
  });

const rotateSchema = z
  .object({
    purpose: z.enum(SIGNING_KEY_PURPOSES, `--purpose is one of ${SIGNING_KEY_PURPOSES.join(', ')}`).default('client'),
    algorithm: z.enum(SIGNATURE_ALGORITHMS, `--algorithm is one of ${SIGNATURE_ALGORITHMS.join(', ')}`).optional(),
    // Banks cache our key set for up to a day.
    lead: duration('--lead').default(86_400_000),
    overlap: duration('--overlap').default(86_400_000),
    provider: z.string().default(LOCAL_PROVIDER),
    force: z.boolean().default(false),
  })
  .refine(({ purpose, algorithm }) => algorithm === undefined || ALGORITHMS_OF[purpose].includes(algorithm), {
    message: `receipts are signed with ${ALGORITHMS_OF.receipt.join(', ')} only`,
  });

async function rotateKeys(database: Database, settings: Settings, values: unknown): Promise<CommandResult> {
  const parsed = rotateSchema.safeParse(values);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const { purpose, algorithm, lead: leadMs, overlap: overlapMs, provider, force } = parsed.data;
  const { KEY_SERVICE_SOCKET } = settings('KEY_SERVICE_SOCKET');
  const vault = vaultOf(settings, database);
  const places = { database, vault, keyServices: keyServicesAt(KEY_SERVICE_SOCKET) };
  // A leaked vault leaks the keys of every algorithm: all of them unless one is named.
  const algorithms = algorithm === undefined ? ALGORITHMS_OF[purpose] : [algorithm];
  const request = { purpose, algorithms, provider, leadMs, overlapMs, force };
  const rotated = await rotateSigningKeys(places, request);
  const emergency = isEmergency(request);
  const lines = rotated.flatMap((each) => linesOf(each, emergency));
  return {
    text: [...lines, ...(emergency ? EMERGENCY[purpose] : [])].join('\n'),
    value: { emergency, rotated: rotated.map(viewOf) },
  };
}

const FOLLOWED = 'API processes follow within 5 seconds, workers that are busy at once, idle ones within 40 seconds.';

const EMERGENCY = {
  client: [
    'EMERGENCY: the old keys stopped at once. They are published no more, and nothing is signed with them.',
    FOLLOWED,
    'A bank that has cached our key set refuses the new keys, and accepts the old ones, until it fetches the set again:',
    'ask each bank to fetch <PUBLIC_URL>/.well-known/jwks.json now.',
  ],
  receipt: [
    'EMERGENCY: the old key stopped at once. It stays published, because the receipts it has signed must verify.',
    FOLLOWED,
    'A receipt that names it and is not in our database was not made by us.',
  ],
} as const;

function linesOf({ key, plan, previous }: Rotated, emergency: boolean): string[] {
  const from = emergency ? 'signs now' : `signs from ${instant(plan.activatesAt)}`;
  const made = `${key.algorithm}: ${key.kid} (${key.privateHalf.provider}) is published now and ${from}.`;
  if (!previous) return [made];
  const withdrawal = plan.withdrawals.find(({ kid }) => kid === previous.kid);
  const old = withdrawal ? `is withdrawn at ${instant(withdrawal.withdrawsAt)}` : 'stays published';
  const dropped = plan.withdrawals
    .filter(({ kid }) => kid !== previous.kid)
    .map(({ kid }) => `  ${kid} is withdrawn now.`);
  return [made, `  ${previous.kid} ${old}.`, ...dropped];
}

function viewOf({ key, plan, previous }: Rotated): object {
  return {
    ...{ kid: key.kid, purpose: key.purpose, algorithm: key.algorithm, provider: key.privateHalf.provider },
    activatesAt: instant(plan.activatesAt),
    previous: previous?.kid ?? null,
    withdrawals: plan.withdrawals.map(({ kid, withdrawsAt }) => ({ kid, withdrawsAt: instant(withdrawsAt) })),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
