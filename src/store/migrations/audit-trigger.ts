/** A constraint trigger that runs at the end of the transaction, for each row that the condition is true of. */
export function triggerOf(table: string, event: 'INSERT' | 'UPDATE' | 'DELETE', body: string, when?: string): string[] {
  const name = `audit_${table}_${event.toLowerCase()}`;
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
     DECLARE
       changed jsonb;
       chain text;
     BEGIN
       ${body}
       RETURN NULL;
     END $$`,
    // Whoever may make a trigger of it on a table of their own could write events that never were.
    `REVOKE ALL ON FUNCTION ${name}() FROM PUBLIC`,
    `CREATE CONSTRAINT TRIGGER ${name} AFTER ${event} ON ${table} DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW ${when === undefined ? '' : `WHEN (${when})`} EXECUTE FUNCTION ${name}()`,
  ];
}
