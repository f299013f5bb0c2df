import { sql, type Kysely, type Migration } from 'kysely';

/** What was disclosed and agreed to, what proves the rest, and who may not be forgotten yet. */
export const evidence: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // Who an application is to the law: registry entries and how to reach it, for receipts and disclosures.
  `ALTER TABLE applications ADD COLUMN identity jsonb NOT NULL DEFAULT '{}'`,
  // In which language the person is spoken to (BCP 47); null: whatever their browser prefers.
  `ALTER TABLE consents
     ADD COLUMN language text,
     ADD COLUMN request_id text,
     ADD COLUMN revocation_requested_by text,
     ADD COLUMN revocation_request_id text`,
  `ALTER TABLE invitations ADD COLUMN opened_by text, ADD COLUMN request_id text`,
  // An application's own words. A version is never changed: the next one takes its place.
  `CREATE TABLE disclosure_templates (
     application_id text NOT NULL REFERENCES applications (id),
     language text NOT NULL,
     version integer NOT NULL CHECK (version > 0),
     content json NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (application_id, language, version)
   )`,
  // What a person was shown, word for word, once they agreed to it. The digest is SHA-256 over the document's canonical form.
  `CREATE TABLE disclosures (
     id text PRIMARY KEY,
     consent_id text NOT NULL REFERENCES consents (id),
     invitation_id text NOT NULL REFERENCES invitations (id),
     source text NOT NULL CHECK (source IN ('template', 'application')),
     template text,
     language text NOT NULL,
     document json NOT NULL,
     digest text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     CHECK ((source = 'template') = (template IS NOT NULL))
   )`,
  `CREATE INDEX disclosures_of_consent ON disclosures (consent_id, created_at)`,
  // A typed name is sealed with the consent's evidence key; what is said of it elsewhere is a salted digest.
  `CREATE TABLE agreements (
     id text PRIMARY KEY,
     consent_id text NOT NULL REFERENCES consents (id),
     invitation_id text NOT NULL REFERENCES invitations (id),
     disclosure_id text NOT NULL REFERENCES disclosures (id),
     method text NOT NULL CHECK (method IN ('button', 'typed_name')),
     name_jwe text,
     name_digest text,
     agreed_at timestamptz NOT NULL,
     recorded_by text NOT NULL,
     request_id text,
     created_at timestamptz NOT NULL DEFAULT now(),
     CHECK ((method = 'typed_name') = (name_digest IS NOT NULL))
   )`,
  `CREATE INDEX agreements_of_consent ON agreements (consent_id, created_at)`,
  // What opens the personal part of the evidence: it outlives the data key, and goes with the evidence or when the person is erased.
  `CREATE TABLE evidence_keys (
     consent_id text PRIMARY KEY,
     wrapped_jwe text,
     wrapped_with text,
     created_at timestamptz NOT NULL DEFAULT now(),
     destroyed_at timestamptz,
     destroyed_by text,
     request_id text
   )`,
  `CREATE INDEX evidence_keys_by_wrapping ON evidence_keys (wrapped_with, consent_id) WHERE wrapped_jwe IS NOT NULL`,
  // What the receipt says of how the request was made and how the person was authenticated.
  `ALTER TABLE authorizations
     ADD COLUMN agreement_id text REFERENCES agreements (id),
     ADD COLUMN request_digest text,
     ADD COLUMN response_issuer text,
     ADD COLUMN authenticated_at timestamptz,
     ADD COLUMN acr text`,
  // While one is in force nothing of the consent is deleted.
  `CREATE TABLE legal_holds (
     id text PRIMARY KEY,
     consent_id text NOT NULL,
     reason text NOT NULL,
     placed_by text NOT NULL,
     placed_at timestamptz NOT NULL DEFAULT now(),
     request_id text,
     released_by text,
     released_at timestamptz,
     release_request_id text
   )`,
  `CREATE INDEX legal_holds_in_force ON legal_holds (consent_id) WHERE released_at IS NULL`,
  `CREATE INDEX legal_holds_of_consent ON legal_holds (consent_id, placed_at)`,
  // Who was purged before they were erased has two: the second one says all that the first one says, and what went since.
  `ALTER TABLE deletion_certificates
     DROP CONSTRAINT deletion_certificates_consent_id_key,
     ADD COLUMN supersedes text UNIQUE REFERENCES deletion_certificates (id)`,
  `CREATE UNIQUE INDEX first_deletion_certificate ON deletion_certificates (consent_id) WHERE supersedes IS NULL`,
  // How long evidence is kept, as the owner of the tables says: whoever only uses them cannot shorten it.
  `CREATE TABLE evidence_policy (
     is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
     retention_days integer NOT NULL CHECK (retention_days > 0),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  `INSERT INTO evidence_policy (retention_days) VALUES (1096)`,
];
