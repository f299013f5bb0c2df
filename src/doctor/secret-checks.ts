import { randomBytes } from 'node:crypto';
import { currentKey, publishedKeys, SIGNING_KEY_PURPOSES, type SigningKeyPurpose } from '../domain/signing-key';
import type { Settings } from '../config';
import { keyEncryptionOf, VAULT_SETTINGS } from '../store/key-providers';
import { unwrapServiceKey, wrappingStatus } from '../store/rewrap';
import { listSigningKeys, LOCAL_PROVIDER, type SigningKey } from '../store/signing-keys';
import { createPayloadCodec } from '../temporal/payload-codec';
import { fail, ok, warn, worstOf, type Check, type Finding } from './check';
import { daysUntil } from './instants';
import type { Surroundings } from './surroundings';

export const SECRET_CHECKS: readonly Check[] = [
  {
    name: 'vault',
    about: 'the wrapping key wraps and opens, and the one that wrapped our secrets is there',
    look: lookAtVault,
  },
  {
    name: 'payload-keys',
    about: 'what Temporal stores can be encrypted and read again',
    look: ({ settings }) => tryPayloads(settings),
  },
  {
    name: 'signing-keys',
    about: 'a key signs for each purpose, and none is older than a year',
    look: async ({ settings, database }) => {
      const { KEY_SERVICE_SOCKET: socket } = settings('KEY_SERVICE_SOCKET');
      return judgeSigningKeys(await listSigningKeys(database()), Date.now(), socket !== undefined);
    },
  },
];

async function lookAtVault({ settings, database }: Surroundings): Promise<Finding> {
  const keys = keyEncryptionOf(settings(...VAULT_SETTINGS));
  const probe = randomBytes(32);
  const opened = await keys.unwrap('doctor', await keys.wrap('doctor', probe));
  if (!probe.equals(opened)) {
    return fail(
      `${keys.currentId} does not open what it wrapped`,
      'Look at the key management service (docs/vault.md).',
    );
  }
  const fault = await unwrapServiceKey(database(), keys);
  if (fault !== undefined) {
    return fail(
      fault,
      'Give back the key that wrapped it, after the current one (docs/vault.md): nothing opens without it.',
    );
  }
  const { left } = await wrappingStatus(database(), keys.currentId);
  if (left === 0) return ok(`${keys.currentId} wraps and opens`);
  return warn(
    `${left} data keys are wrapped with an older key than ${keys.currentId}`,
    'Run fdx-consent vault rewrap.',
  );
}

async function tryPayloads(settings: Settings): Promise<Finding> {
  const { PAYLOAD_KEYS: ring } = settings('PAYLOAD_KEYS');
  const codec = createPayloadCodec(ring);
  const data = randomBytes(16);
  const [opened] = await codec.decode(await codec.encode([{ metadata: {}, data }]));
  const isSame = opened?.data !== undefined && opened.data !== null && data.equals(opened.data);
  return isSame ? ok(`${ring.current.kid} encrypts and opens`) : fail('it does not open', 'Correct PAYLOAD_KEYS.');
}

/** How long a key may sign: docs/keys.md. */
const ROTATED_AFTER_DAYS = 365;
const WITHDRAWN_SOON_DAYS = 7;

export function judgeSigningKeys(keys: readonly SigningKey[], now: number, hasKeyService: boolean): Finding {
  const findings = SIGNING_KEY_PURPOSES.flatMap((purpose) => judgePurpose(purpose, keys, now, hasKeyService));
  const signing = publishedKeys(keys, now).length;
  return worstOf(findings, `${signing} published, none older than a year`);
}

function judgePurpose(
  purpose: SigningKeyPurpose,
  all: readonly SigningKey[],
  now: number,
  hasKeyService: boolean,
): Finding[] {
  const keys = all.filter((key) => key.purpose === purpose);
  const current = [...new Set(keys.map(({ algorithm }) => algorithm))].flatMap(
    (algorithm) =>
      currentKey(
        keys.filter((key) => key.algorithm === algorithm),
        now,
      ) ?? [],
  );
  const rotate = `Run fdx-consent keys rotate --purpose ${purpose}.`;
  if (current.length === 0) {
    return [fail(`no ${purpose} key signs`, 'Start an API or a worker: the first key is made then.')];
  }
  return current.flatMap((key) => {
    const name = `the ${purpose} key ${key.kid}`;
    if (key.provider !== LOCAL_PROVIDER && !hasKeyService) {
      return fail(`${name} lies in a key service, and KEY_SERVICE_SOCKET is not set`, 'Set it (docs/keys.md).');
    }
    const age = -daysUntil(new Date(key.activatesAt), now);
    if (age > ROTATED_AFTER_DAYS) return warn(`${name} has signed for ${age} days`, rotate);
    // Its successor would be current by then; that there is none means that nobody signs.
    const isLast = !keys.some((other) => other.algorithm === key.algorithm && other.activatesAt > now);
    if (key.withdrawsAt === null || !isLast) return [];
    const left = daysUntil(new Date(key.withdrawsAt), now);
    return left < WITHDRAWN_SOON_DAYS ? fail(`${name} is withdrawn in ${left} days and no other follows`, rotate) : [];
  });
}
