import { z } from 'zod';
import { DURATION_TYPES, RESOURCE_TYPES } from '../domain/terms';
import { homeUriSchema, registryReferencesSchema } from './party-schema';

/** Names the schema wherever a receipt is found; where it is published may change. */
export const RECEIPT_SCHEMA_ID = 'urn:fdx-consent:schema:consent-receipt:2';

const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`));
const instant = z.iso.datetime({ precision: 3 });
const days = z.int().min(0);
/** SHA-256 in base64url (RFC 4648 §5). */
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const name = z.string().min(1);
const clusters = z.array(name);

const party = z
  .strictObject({
    type: described(
      z.enum(['DATA_RECIPIENT', 'DATA_ACCESS_PLATFORM', 'DATA_PROVIDER']),
      'The role of the party (FDX PartyType).',
    ),
    name: described(name, 'What the person knows it by.'),
    homeUri: described(homeUriSchema, 'Its home page.').optional(),
    registryReferences: described(registryReferencesSchema, 'Where the party is registered.').optional(),
  })
  .meta({ title: 'Party' });

const requested = z
  .strictObject({
    durationType: described(z.enum(DURATION_TYPES), 'FDX ConsentDurationType.'),
    durationPeriod: described(days, 'Days from the grant; with TIME_BOUND.').optional(),
    lookbackPeriod: described(days, 'Days of history, counted back from the request.').optional(),
    resources: z.array(
      z.strictObject({
        resourceType: described(z.enum(RESOURCE_TYPES), 'FDX ConsentResourceType.'),
        dataClusters: described(clusters, 'FDX data clusters.'),
      }),
    ),
  })
  .meta({ title: 'Requested', description: 'What was asked of the bank, as the person had agreed to it.' });

const granted = z
  .strictObject({
    source: described(
      z.enum(['consent_api', 'authorization_details', 'scope']),
      'Where we learned of it: FDX GET /consents, the authorization_details of the token response (RFC 9396), or its scope.',
    ),
    durationType: described(z.enum(DURATION_TYPES), 'FDX ConsentDurationType.'),
    durationPeriod: described(days, 'Days from the grant, where the bank said so.').optional(),
    lookbackPeriod: described(days, 'Days of history, where the bank said so.').optional(),
    resources: z.array(
      z.strictObject({
        resourceType: described(z.enum(RESOURCE_TYPES), 'FDX ConsentResourceType.'),
        resourceId: described(name, "The bank's id of the account, customer or document.").optional(),
        dataClusters: described(clusters, 'Clusters as the bank named them.'),
      }),
    ),
  })
  .meta({ title: 'Granted', description: 'What the person shared, as the bank told it.' });

const period = z.strictObject({ asked: days, granted: days });
const difference = z
  .strictObject({
    outcome: z.enum(['in_full', 'in_part', 'wider']),
    clusters: z.array(
      z.strictObject({
        resourceType: z.enum(RESOURCE_TYPES),
        asked: clusters,
        granted: clusters,
        refused: clusters,
        wider: clusters,
      }),
    ),
    durationPeriod: period.optional(),
    lookbackPeriod: period.optional(),
  })
  .meta({ title: 'Difference', description: 'Asked beside granted. What was never asked for is not used.' });

const agreement = z
  .strictObject({
    agreementId: idOf('agr'),
    method: described(z.enum(['button', 'typed_name']), 'How the person agreed.'),
    nameDigest: described(
      name,
      'Salted digest of the name that the person typed; the name itself is elsewhere, sealed.',
    ).optional(),
    agreedAt: described(instant, 'When the person agreed.'),
  })
  .meta({ title: 'Agreement' });

const disclosure = z
  .strictObject({
    disclosureId: idOf('dsc').optional(),
    digest: described(name, 'SHA-256 over the canonical form of what was shown, base64url.'),
    language: described(name, 'BCP 47.').optional(),
    template: described(name, 'Template and version, where we showed it.').optional(),
    source: described(
      z.enum(['template', 'application']),
      'Whether we showed it, or the application its own.',
    ).optional(),
    agreement: agreement.optional(),
    agreedAt: described(instant, 'When the person agreed to it.'),
  })
  .meta({ title: 'Disclosure', description: 'What the person was shown before they went to the bank.' });

const confirmation = z.union([
  z.strictObject({ jkt: described(sha256, 'RFC 7638 thumbprint of the DPoP key (RFC 9449 §6.1).') }),
  z.strictObject({ 'x5t#S256': described(sha256, 'Thumbprint of our certificate (RFC 8705 §3.1).') }),
]);

const security = z
  .strictObject({
    issuer: described(z.url(), "The bank's issuer identifier (RFC 8414)."),
    clientId: described(name, 'Who we are at the bank.'),
    request: z
      .strictObject({
        pushedAt: described(instant, 'When the request was pushed (RFC 9126).').optional(),
        digest: described(
          sha256,
          'SHA-256 of the parameters that were pushed, without client authentication.',
        ).optional(),
      })
      .meta({ description: 'The pushed authorization request.' }),
    pkce: z.strictObject({
      codeChallenge: described(sha256, 'RFC 7636 §4.2.'),
      codeChallengeMethod: z.literal('S256'),
    }),
    response: z
      .strictObject({
        iss: described(z.url(), 'Who answered, by the answer itself (RFC 9207, or iss of the JARM answer).').optional(),
        receivedAt: described(instant, 'When the answer came back with the browser.').optional(),
      })
      .meta({ description: 'The authorization response.' }),
    tokensIssuedAt: described(instant, 'When the token response came.').optional(),
    authentication: z
      .strictObject({
        time: described(instant, 'When the bank authenticated the person (auth_time).').optional(),
        acr: described(name, 'How, by the bank: its authentication context class.').optional(),
      })
      .meta({ description: 'From the ID token, where there is one that says so.' })
      .optional(),
    senderConstraint: z
      .strictObject({ method: z.enum(['dpop', 'mtls']), confirmation })
      .meta({ description: 'What the tokens are bound to.' }),
  })
  .meta({ title: 'Evidence', description: 'How the authorization was made and protected.' });

/**
 * A receipt of ours, version 2. One schema for three readers: what is published at `/schemas/consent-receipt/2.json`, the type that
 * the receipt is written as, and the tests. Instants are RFC 3339 in UTC with milliseconds. Fields: docs/receipts.md.
 */
export const consentReceiptSchema = z
  .strictObject({
    schema: z.literal(RECEIPT_SCHEMA_ID),
    receiptVersion: z.literal(2),
    receiptId: idOf('rcp'),
    supersedes: described(
      idOf('rcp'),
      'The receipt of the grant before, of a consent that was renewed or changed.',
    ).optional(),
    consentId: idOf('cns'),
    authorizationId: described(idOf('aut'), 'The trip to the bank that the receipt is of.'),
    bankConsentId: described(name, "The bank's id of the consent: what a revocation there names.").optional(),
    issuedAt: described(instant, 'When the receipt was signed.'),
    createdTime: described(instant, 'When the bank made the consent, by the bank; else when its tokens came.'),
    expirationDate: described(instant, 'From this instant the consent is not used any more.'),
    parties: described(z.array(party).length(3), 'Application, aggregator and bank.'),
    personPseudonym: described(name, "A keyed hash of the application's name for the person."),
    purpose: described(name, 'What the data is for, as the person read it.'),
    requested,
    granted,
    difference,
    grantedScopes: described(
      z.array(name),
      'OAuth scopes as granted; as requested where the bank did not say (RFC 6749 §5.1).',
    ),
    disclosure,
    evidence: security,
  })
  .meta({
    title: 'Consent receipt, version 2',
    description: 'What was asked, disclosed and granted by one authorization of a consent to share financial data.',
  });

export type ConsentReceipt = z.infer<typeof consentReceiptSchema>;

/** JSON Schema (draft 2020-12) of a receipt. */
export function receiptJsonSchema(): object {
  return { $id: RECEIPT_SCHEMA_ID, ...z.toJSONSchema(consentReceiptSchema, { target: 'draft-2020-12' }) };
}
