/**
 * Every table that holds something of one consent, in the order in which rows may go: what refers to another row goes before it.
 * The deletion certificates are none of them: they stay, and say nothing but that.
 */
export const TABLES_OF_A_CONSENT = [
  'events',
  'notices',
  'operator_tasks',
  'bank_notifications',
  'receipts',
  'grants',
  'authorizations',
  'agreements',
  'disclosures',
  'invitations',
  'data_keys',
  'evidence_keys',
  'legal_holds',
  'idempotent_requests',
] as const;

const KEPT_FOR = `make_interval(days => (SELECT retention_days FROM evidence_policy))`;

/**
 * The only way in which evidence goes. It runs as the owner of the tables, because the role that calls it may delete none of it, and
 * sees for itself that it may go: neither the caller's clock nor its idea of the policy counts.
 */
export const EVIDENCE_REMOVAL: readonly string[] = [
  // `removed`; `held`: by a legal hold; `taken`: another worker has it in hand or had, or it is not yet to go.
  //
  // Whoever calls this does nothing else in the transaction: it holds the consent's chain and then the service's until it commits,
  // in the order in which all others take them, and nothing runs in between that could wait for somebody else.
  `CREATE FUNCTION remove_consent_evidence(p_consent text) RETURNS text
   LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   DECLARE head record;
   BEGIN
     PERFORM 1 FROM consents c
      WHERE c.id = p_consent AND c.purged_at IS NOT NULL AND coalesce(c.granted_at, c.created_at) < now() - ${KEPT_FOR}
        AND EXISTS (SELECT 1 FROM deletion_certificates d WHERE d.consent_id = c.id)
        FOR UPDATE SKIP LOCKED;
     IF NOT FOUND THEN RETURN 'taken'; END IF;
     -- After the lock, which whoever places a hold takes too: it is seen here, or finds no consent any more.
     IF EXISTS (SELECT 1 FROM legal_holds WHERE consent_id = p_consent AND released_at IS NULL) THEN RETURN 'held'; END IF;
     PERFORM pg_advisory_xact_lock(hashtextextended('fdx_consent.audit.' || p_consent, 0));
     SELECT seq, hash INTO head FROM audit_events WHERE chain = p_consent ORDER BY seq DESC LIMIT 1;
     IF head.seq IS NOT NULL THEN
       INSERT INTO audit_removed_chains (chain, seq, hash) VALUES (p_consent, head.seq, head.hash);
       PERFORM set_config('fdx_consent.removed_chain', p_consent, true);
       DELETE FROM audit_events WHERE chain = p_consent;
       PERFORM set_config('fdx_consent.removed_chain', '', true);
     END IF;
${TABLES_OF_A_CONSENT.map((table) => `     DELETE FROM ${table} WHERE consent_id = p_consent;`).join('\n')}
     DELETE FROM consents WHERE id = p_consent;
     PERFORM append_audit_event('service', 'evidence.removed', 'service', 'retention', NULL,
       jsonb_build_object('consentId', p_consent, 'seq', head.seq, 'hash', head.hash));
     RETURN 'removed';
   END $$`,
  `REVOKE ALL ON FUNCTION remove_consent_evidence(text) FROM PUBLIC`,
  // A hold that was released is over: who wants it back places another one.
  `CREATE FUNCTION refuse_change_of_released_hold() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'a legal hold that was released does not change' USING ERRCODE = '42501';
   END $$`,
  `CREATE TRIGGER released_for_good BEFORE UPDATE ON legal_holds
   FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_released_hold()`,
];
