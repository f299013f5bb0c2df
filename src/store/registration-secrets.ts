import type { InstitutionId } from '../domain/ids';
import type { Database } from './database';
import { serviceDataKey } from './service-secrets';
import { VaultError, type SealPurpose, type Vault } from './vault';

type RegistrationSecret = Extract<SealPurpose, 'registration-token' | 'registration-answer' | 'initial-access-token'>;

/**
 * Seals a secret of one registration with the data key of the service, since a registration belongs to no consent. The institution
 * is sealed in with it: what was moved to another institution's row does not open, and its token goes to no other bank.
 */
export async function sealFor(
  database: Database,
  vault: Vault,
  institutionId: InstitutionId,
  purpose: RegistrationSecret,
  secret: string,
): Promise<string> {
  const dataKey = await serviceDataKey(database, vault);
  return dataKey.seal(purpose, institutionId, { institutionId, secret });
}

/** @throws {VaultError} when it was sealed for another institution or purpose, or was altered */
export async function openSealedFor(
  database: Database,
  vault: Vault,
  institutionId: InstitutionId,
  purpose: RegistrationSecret,
  sealed: string,
): Promise<string> {
  const dataKey = await serviceDataKey(database, vault);
  const opened = (await dataKey.open(purpose, institutionId, sealed)) as { institutionId?: unknown; secret?: unknown };
  if (opened.institutionId !== institutionId || typeof opened.secret !== 'string') {
    throw new VaultError('a sealed value was made for another institution');
  }
  return opened.secret;
}
