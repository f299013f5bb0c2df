import { firstWraps, type KeyEncryption, type KeyProvider } from './key-encryption';
import type { KeyRing } from './key-ring';
import { kmsEncryption } from './kms-encryption';
import { ringEncryption } from './ring-encryption';

/** The settings that say where wrapping keys lie. A command that opens or seals asks for all of them. */
export const VAULT_SETTINGS = [
  'VAULT_KEYS',
  'VAULT_KEYS_FILE',
  'VAULT_KMS_KEY_ID',
  'VAULT_KMS_REGION',
  'VAULT_KMS_ENDPOINT',
  'VAULT_WRAP_WITH',
] as const;

/** From the farthest from this process to the nearest. */
export const KEY_PLACES = ['kms', 'file', 'environment'] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];

export interface VaultSettings {
  readonly VAULT_KEYS?: KeyRing | undefined;
  readonly VAULT_KEYS_FILE?: KeyRing | undefined;
  readonly VAULT_KMS_KEY_ID?: readonly [string, ...string[]] | undefined;
  readonly VAULT_KMS_REGION?: string | undefined;
  readonly VAULT_KMS_ENDPOINT?: string | undefined;
  readonly VAULT_WRAP_WITH?: KeyPlace | undefined;
}

/** The place that is named wraps, else the farthest one; all of them open. */
export function keyEncryptionOf(settings: VaultSettings): KeyEncryption {
  const providers = providersOf(settings);
  const places = KEY_PLACES.filter((place) => providers[place] !== undefined);
  const wrapping = settings.VAULT_WRAP_WITH ?? places[0];
  const first = wrapping && providers[wrapping];
  if (!first) throw new Error('no wrapping key is configured');
  const others = places.filter((place) => place !== wrapping).map((place) => providers[place]);
  return firstWraps(first, ...others.filter((provider) => provider !== undefined));
}

function providersOf(settings: VaultSettings): Readonly<Record<KeyPlace, KeyProvider | undefined>> {
  const { VAULT_KMS_KEY_ID: keyIds, VAULT_KMS_REGION: region, VAULT_KMS_ENDPOINT: endpoint } = settings;
  return {
    kms: keyIds && region !== undefined ? kmsEncryption({ keyIds, region, endpoint }) : undefined,
    file: settings.VAULT_KEYS_FILE && ringEncryption(settings.VAULT_KEYS_FILE),
    environment: settings.VAULT_KEYS && ringEncryption(settings.VAULT_KEYS),
  };
}
