import { ConsentFailure } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import { claimedIssuerOf, unsignedBy, type PublisherAssertion } from '../fapi/verify-publisher';
import { currentProfile } from '../institutions/current-profile';
import type { Database } from '../store/database';
import {
  findInstitutionsByCertificate,
  findInstitutionsByIssuer,
  type PublishingInstitution,
} from '../store/publishers';
import { thumbprintIn } from './client-certificate';

/** Who publishes: one bank, and so all institutions of ours that stand for it. */
export interface Publisher {
  readonly institutions: readonly [InstitutionId, ...InstitutionId[]];
  /** With which it has said so, good once. A certificate is shown each time. */
  readonly assertion?: PublisherAssertion;
}

export interface PublisherDoor {
  readonly database: Database;
  /** Judges an assertion with the keys of an institution. */
  readonly verify: (institution: PublishingInstitution, assertion: string) => Promise<PublisherAssertion>;
  /** Whether a proxy in front of us tells whose certificate it has seen. */
  readonly trustsClientCert: boolean;
}

/** What a request says of its sender. */
export interface PublisherCredentials {
  readonly authorization: string | undefined;
  readonly clientCert: string | undefined;
}

/** A compact JWS (RFC 7515 §7.1), small enough for any header. */
const BEARER = /^Bearer ([\w-]{1,4000}\.[\w-]{1,8000}\.[\w-]{1,2000})$/i;

/**
 * Says who publishes, by an assertion (in the style of private_key_jwt) or by the certificate of the connection.
 *
 * @throws {ConsentFailure} publisher_unauthenticated; as_keys_unreachable, as_unreachable when the bank's keys cannot be read now
 */
export async function authenticatePublisher(
  door: PublisherDoor,
  credentials: PublisherCredentials,
): Promise<Publisher> {
  const { authorization, clientCert } = credentials;
  if (authorization !== undefined) return byAssertion(door, authorization);
  if (door.trustsClientCert && clientCert !== undefined) return byCertificate(door, clientCert);
  throw new ConsentFailure('publisher_unauthenticated', 'the Authorization header is missing.');
}

async function byAssertion({ database, verify }: PublisherDoor, authorization: string): Promise<Publisher> {
  const assertion = BEARER.exec(authorization)?.[1];
  if (assertion === undefined) {
    throw new ConsentFailure('publisher_unauthenticated', 'Authorization is not Bearer with a signed JWT.');
  }
  const issuer = claimedIssuerOf(assertion);
  // No issuer of ours is longer, and PostgreSQL takes no NUL.
  if (issuer === undefined || issuer.length > 2048 || issuer.includes('\0')) throw unsignedBy();
  const known = (await findInstitutionsByIssuer(database, issuer)).flatMap(readable);
  let refused = unsignedBy();
  for (const group of groupedByKeys(known)) {
    try {
      const verified = await verify(group[0], assertion);
      const [first, ...more] = group.map(({ profile }) => profile.id);
      if (first !== undefined) return { institutions: [first, ...more], assertion: verified };
    } catch (error) {
      if (!(error instanceof ConsentFailure)) throw error;
      // A bank that is asked to come again loses nothing; one that is refused may never try again.
      if (refused.kind !== 'unavailable') refused = error;
    }
  }
  throw refused;
}

async function byCertificate({ database }: PublisherDoor, header: string): Promise<Publisher> {
  const thumbprint = thumbprintIn(header);
  const known = thumbprint === undefined ? [] : await findInstitutionsByCertificate(database, thumbprint);
  const [first, ...more] = known.map(({ profile }) => profile.id);
  if (first !== undefined) return { institutions: [first, ...more] };
  throw new ConsentFailure('publisher_unauthenticated', 'no institution publishes with this certificate.');
}

function readable({ profile, revision }: PublishingInstitution): readonly PublishingInstitution[] {
  const current = currentProfile(profile);
  return current ? [{ profile: current, revision }] : [];
}

type Group = [PublishingInstitution, ...PublishingInstitution[]];

/** Institutions of one issuer that find its keys in the same way: one look at them is enough for all. */
function groupedByKeys(institutions: readonly PublishingInstitution[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const institution of institutions) {
    const way = wayToKeys(institution.profile);
    const group = groups.get(way);
    if (group) group.push(institution);
    else groups.set(way, [institution]);
  }
  return [...groups.values()];
}

function wayToKeys({ discovery, notifications, caFile, allowPrivateAddresses }: InstitutionProfile): string {
  return JSON.stringify([notifications.jwksUri ?? discovery, caFile, allowPrivateAddresses]);
}
