import type * as KmsSdk from '@aws-sdk/client-kms';
import { ConsentFailure } from '../domain/failures';
import { VaultError } from './jwe';
import { DATA_KEY_PURPOSE, wrappingKeyOf, type KeyProvider } from './key-encryption';

export interface KmsSettings {
  /** Ids or ARNs of symmetric keys: the first wraps, all of them open. */
  readonly keyIds: readonly [string, ...string[]];
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/** Tells their keys from those of a ring, whose ids have no colon. */
const PREFIX = 'aws-kms:';

/** In one region an answer takes a few milliseconds; a connection that is not there by then will not come. */
const CONNECT_TIMEOUT_MS = 1_000;
const ANSWER_TIMEOUT_MS = 2_000;
/** Both operations may be repeated without harm, so a lost answer is asked for again: twice, since a person may be waiting. */
const ATTEMPTS = 3;
/** All attempts and the pauses between them: less than the ten seconds that an interactive step has. */
const ALL_WITHIN_MS = 7_000;

/**
 * Has AWS KMS wrap data keys: the wrapping key never leaves it. Owner and purpose are the encryption context, which KMS
 * authenticates and writes into CloudTrail: a wrapped key that was moved to another consent does not open.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
export function kmsEncryption(settings: KmsSettings): KeyProvider {
  const { keyIds } = settings;
  const currentId = `${PREFIX}${keyIds[0]}`;
  const ask = askingKms(settings);

  return {
    currentId,
    knows: (keyId) => keyIds.some((each) => keyId === `${PREFIX}${each}`),

    async wrap(owner, key) {
      const blob = await ask(async ({ sdk, client, abortSignal }) => {
        const command = { KeyId: keyIds[0], Plaintext: key, EncryptionContext: contextOf(owner) };
        return (await client.send(new sdk.EncryptCommand(command), { abortSignal })).CiphertextBlob;
      });
      const header = JSON.stringify({ alg: 'AWS-KMS', kid: currentId, owner, purpose: DATA_KEY_PURPOSE });
      return [Buffer.from(header), Buffer.from(blob)].map((part) => part.toString('base64url')).join('.');
    },

    unwrap(owner, wrapped) {
      const KeyId = wrappingKeyOf(wrapped)?.slice(PREFIX.length);
      const CiphertextBlob = Buffer.from(wrapped.split('.')[1] ?? '', 'base64url');
      return ask(async ({ sdk, client, abortSignal }) => {
        // The key is named, so that KMS does not open with whatever other key we may use.
        const command = { KeyId, CiphertextBlob, EncryptionContext: contextOf(owner) };
        return (await client.send(new sdk.DecryptCommand(command), { abortSignal })).Plaintext;
      });
    },
  };
}

function contextOf(owner: string): Record<string, string> {
  return { owner, purpose: DATA_KEY_PURPOSE };
}

interface Kms {
  readonly sdk: typeof KmsSdk;
  readonly client: KmsSdk.KMSClient;
}

type Question = (kms: Kms & { readonly abortSignal: AbortSignal }) => Promise<Uint8Array | undefined>;

function askingKms(settings: KmsSettings): (question: Question) => Promise<Uint8Array> {
  let opening: Promise<Kms> | undefined;
  return async (question) => {
    // Whoever has no keys in KMS does not load its SDK.
    opening ??= openKms(settings);
    try {
      const answer = await question({ ...(await opening), abortSignal: AbortSignal.timeout(ALL_WITHIN_MS) });
      if (answer && answer.length > 0) return answer;
    } catch (error) {
      throw failureOf(error);
    }
    throw new ConsentFailure('vault_unavailable', 'KMS answered without a key.');
  };
}

async function openKms({ region, endpoint }: KmsSettings): Promise<Kms> {
  const sdk = await import('@aws-sdk/client-kms');
  const config: KmsSdk.KMSClientConfig = {
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: ATTEMPTS,
    // Waits longer after each attempt, longest when KMS throttles, and stops repeating when much of what is asked fails.
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
  return { sdk, client: new sdk.KMSClient(config) };
}

/** What KMS says no to, whoever asks again; and what an operator does about it. */
const REFUSALS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'allow this account kms:Encrypt and kms:Decrypt with the key',
  CredentialsProviderError: 'give the process AWS credentials',
  DisabledException: 'enable the key',
  ExpiredTokenException: 'renew the AWS credentials of the process',
  IncorrectKeyException: 'the wrapped key was altered, or belongs to another key',
  InvalidCiphertextException: 'the wrapped key was altered, or belongs to another consent',
  InvalidKeyUsageException: 'use a symmetric key for encryption',
  InvalidSignatureException: 'correct the AWS credentials of the process',
  KMSInvalidStateException: 'the key is to be deleted, or has no material: cancel that',
  NotFoundException: 'correct VAULT_KMS_KEY_ID and VAULT_KMS_REGION',
  UnrecognizedClientException: 'correct the AWS credentials of the process',
  ValidationException: 'correct VAULT_KMS_KEY_ID',
};

function failureOf(error: unknown): Error {
  const name = error instanceof Error ? error.name : '';
  const remedy = Object.hasOwn(REFUSALS, name) ? REFUSALS[name] : undefined;
  if (remedy !== undefined) return new VaultError(`KMS refused (${name}): ${remedy}`);
  const reason = /^[A-Za-z]{1,64}$/.test(name) && name !== 'Error' ? name : 'no answer';
  return new ConsentFailure('vault_unavailable', `KMS: ${reason}.`);
}
